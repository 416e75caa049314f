package io.waymark.source.document;

/// What is wrong with a manifest, and where. `line` and `column` count from 1.
public record DocumentProblem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
