package io.waymark.cli;

/// A command cannot do what it was asked. The message is one line that says what to do about it.
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /// @param exitCode one of [ExitCode]
    CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
