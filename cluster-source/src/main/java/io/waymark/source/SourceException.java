package io.waymark.source;

/// A source cannot begin: its configuration names something that is not there or cannot be read.
/// The message says what was looked for, what was found and what to do.
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
