package io.waymark.cli;

import io.waymark.dns.migration.MigrationReport;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A migration report for people, and for programs.
final class MigrationText {
    private MigrationText() {}

    /// One line of the Corefile a row: where, what becomes of it, what it says, and why. Ends with the
    /// sums.
    static String table(MigrationReport report) {
        int places = width(report, line -> line.at().toString());
        int lines = Math.min(60, width(report, MigrationReport.Line::text));
        var text = new StringBuilder();
        for (var line : report.lines()) {
            var why = line.fate().why();
            text.append(cell(line.at().toString(), places))
                    .append("  ")
                    .append(cell(line.fate().kind().toString(), 7))
                    .append("  ")
                    .append(why.isEmpty() ? line.text() : cell(line.text(), lines) + "  # " + why)
                    .append('\n');
        }
        var sums = report.counts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return text.append(report.lines().size())
                .append(" lines: ")
                .append(sums)
                .append('\n')
                .toString();
    }

    private static int width(MigrationReport report, Function<MigrationReport.Line, String> cell) {
        return report.lines().stream()
                .mapToInt(line -> cell.apply(line).length())
                .max()
                .orElse(0);
    }

    private static String cell(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// `{"counts": {…}, "lines": [{"file", "line", "column", "text", "fate", "why"}, …]}`
    static String json(MigrationReport report) {
        var counts = report.counts().entrySet().stream()
                .map(entry -> quoted(entry.getKey().toString()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        var lines = report.lines().stream().map(MigrationText::json).collect(Collectors.joining(",\n    "));
        return "{\n  \"counts\": {" + counts + "},\n  \"lines\": [\n    " + lines + "\n  ]\n}\n";
    }

    private static String json(MigrationReport.Line line) {
        return "{\"file\": %s, \"line\": %d, \"column\": %d, \"text\": %s, \"fate\": %s, \"why\": %s}"
                .formatted(
                        quoted(line.at().file()),
                        line.at().line(),
                        line.at().column(),
                        quoted(line.text()),
                        quoted(line.fate().kind().toString()),
                        quoted(line.fate().why()));
    }

    /// RFC 8259 §7.
    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
