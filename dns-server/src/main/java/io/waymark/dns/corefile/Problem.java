package io.waymark.dns.corefile;

/// A reason not to start with a Corefile: where, what was found, what is allowed, what to do.
/// @param file    as the operator named it
/// @param line    1 for the first
/// @param column  in characters, 1 for the first of the line
/// @param message one line without the position
public record Problem(String file, int line, int column, String message) {

    /// A problem with what stands at `at`.
    public static Problem at(Position at, String message) {
        return new Problem(at.file(), at.line(), at.column(), message);
    }

    public Position position() {
        return new Position(file, line, column);
    }

    /// `Corefile:3:5: unknown plugin "frward"; …`
    @Override
    public String toString() {
        return position() + ": " + message;
    }
}
