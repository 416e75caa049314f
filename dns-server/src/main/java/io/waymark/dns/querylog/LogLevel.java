package io.waymark.dns.querylog;

import java.util.Locale;

/// How much a line matters; the word in front of it is CoreDNS'.
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    /// `[WARNING] plugin/errors: …`
    public String line(String text) {
        return "[" + name() + "] " + text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
