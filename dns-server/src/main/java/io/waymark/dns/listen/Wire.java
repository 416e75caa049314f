package io.waymark.dns.listen;

import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.pipeline.Transport;

/// What goes over the TCP connections of a listener.
/// @param transport  as clients and plugins call it
/// @param encryption none for DNS over TLS behind somebody who ends the TLS
public record Wire(Transport transport, Encryption encryption) {
    /// Messages and nothing else.
    public static final Wire TCP = new Wire(Transport.TCP, new Encryption.None());
}
