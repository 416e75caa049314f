package io.waymark.source.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A log that is read by a test.
final class Lines implements SourceLog {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void warn(String line) {
        lines.add("WARN " + line);
    }

    @Override
    public void info(String line) {
        lines.add("INFO " + line);
    }

    /// The lines that contain this.
    List<String> with(String part) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }
}
