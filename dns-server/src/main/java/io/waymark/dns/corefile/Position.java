package io.waymark.dns.corefile;

import java.util.Comparator;

/// Where something stands in a text.
/// @param file   as the operator named it, or as the import named it
/// @param line   1 for the first
/// @param column in characters (Unicode code points), 1 for the first of the line
public record Position(String file, int line, int column) implements Comparable<Position> {
    private static final Comparator<Position> ORDER = Comparator.comparing(Position::file)
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);

    /// Refuses positions before the first character of a file.
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("no such position: line " + line + ", column " + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /// `Corefile:3:5`
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
