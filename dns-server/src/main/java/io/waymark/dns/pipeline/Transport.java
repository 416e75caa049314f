package io.waymark.dns.pipeline;

/// How a query came; its answer goes back the same way.
public enum Transport {
    /// RFC 1035 §4.2.1.
    UDP("udp", "udp"),
    /// RFC 7766.
    TCP("tcp", "tcp"),
    /// RFC 7858.
    TLS("tcp", "tls"),
    /// RFC 8484.
    HTTPS("tcp", "https");

    private final String protocol;
    private final String text;

    Transport(String protocol, String text) {
        this.protocol = protocol;
        this.text = text;
    }

    /// `udp` or `tcp`: all that CoreDNS' log lines and metrics tell apart.
    public String protocol() {
        return protocol;
    }

    /// Whether it carries messages of any length, so that none need be truncated.
    public boolean isStream() {
        return this != UDP;
    }

    /// Whether an answer may be several messages (RFC 5936 §4, RFC 9103): not in a packet, and not in
    /// the body of one HTTP response (RFC 8484 §6).
    public boolean takesSeveral() {
        return this == TCP || this == TLS;
    }

    /// The name that messages for people use.
    @Override
    public String toString() {
        return text;
    }
}
