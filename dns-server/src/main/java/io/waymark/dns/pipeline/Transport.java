package io.waymark.dns.pipeline;

/// How a query came; its answer goes back the same way.
public enum Transport {
    UDP("udp"),
    TCP("tcp");

    private final String text;

    Transport(String text) {
        this.text = text;
    }

    /// The name that log lines and messages use.
    @Override
    public String toString() {
        return text;
    }
}
