package io.waymark.proxy.config;

/// How much is logged.
/// @param format    `text` or `json`
/// @param verbosity as `-v`: 0 what an operator must know, 4 and more every change
public record LogSettings(String format, int verbosity) {
    public static final LogSettings DEFAULT = new LogSettings("text", 0);
}
