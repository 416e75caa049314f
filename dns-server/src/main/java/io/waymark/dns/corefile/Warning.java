package io.waymark.dns.corefile;

/// Something an operator should know about a Corefile that is served all the same.
/// @param file    as the operator named it
/// @param line    1 for the first
/// @param column  in characters, 1 for the first of the line
/// @param message one line without the position
public record Warning(String file, int line, int column, String message) {

    /// A warning about what stands at `at`.
    public static Warning at(Position at, String message) {
        return new Warning(at.file(), at.line(), at.column(), message);
    }

    public Position position() {
        return new Position(file, line, column);
    }

    /// `Corefile:3:5: warning: …`
    @Override
    public String toString() {
        return position() + ": warning: " + message;
    }
}
