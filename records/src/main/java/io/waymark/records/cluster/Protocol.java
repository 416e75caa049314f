package io.waymark.records.cluster;

import java.util.Optional;

/// The transport protocols that a Service port can have.
public enum Protocol {
    TCP,
    UDP,
    SCTP;

    /// Reads the API's upper-case name; an empty one is TCP, the API's default.
    public static Optional<Protocol> parse(String text) {
        return switch (text) {
            case "", "TCP" -> Optional.of(TCP);
            case "UDP" -> Optional.of(UDP);
            case "SCTP" -> Optional.of(SCTP);
            default -> Optional.empty();
        };
    }
}
