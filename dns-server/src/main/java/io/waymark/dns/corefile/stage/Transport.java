package io.waymark.dns.corefile.stage;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// How questions reach a zone: the scheme in front of it in a Corefile.
public enum Transport {
    /// UDP and TCP (RFC 1035 §4.2); also what a zone without a scheme has.
    DNS("dns", 53),
    /// DNS over TLS (RFC 7858).
    TLS("tls", 853),
    /// DNS over QUIC (RFC 9250).
    QUIC("quic", 853),
    /// DNS messages as gRPC calls, as CoreDNS defines them.
    GRPC("grpc", 443),
    /// DNS over HTTPS (RFC 8484) on HTTP/2.
    HTTPS("https", 443),
    /// DNS over HTTPS (RFC 8484) on HTTP/3.
    HTTPS3("https3", 443);

    private final String scheme;
    private final int port;

    Transport(String scheme, int port) {
        this.scheme = scheme;
        this.port = port;
    }

    /// The word before `://`.
    public String scheme() {
        return scheme;
    }

    /// The port if none is written; that of [#DNS] can be set otherwise when the server is started.
    public int port() {
        return port;
    }

    /// Whether queries come in packets too.
    public boolean isDatagram() {
        return this == DNS;
    }

    /// Whether what is said is meant to be encrypted, by us or by somebody before us.
    public boolean isEncrypted() {
        return this != DNS;
    }

    /// Whether this version answers over it.
    public boolean isSupported() {
        return this == DNS || this == TLS || this == HTTPS;
    }

    public static Optional<Transport> ofScheme(String scheme) {
        return Arrays.stream(values())
                .filter(transport -> transport.scheme.equals(scheme))
                .findFirst();
    }

    public static String schemes() {
        return Arrays.stream(values())
                .map(transport -> transport.scheme + "://")
                .collect(Collectors.joining(", "));
    }
}
