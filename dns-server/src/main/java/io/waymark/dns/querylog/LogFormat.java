package io.waymark.dns.querylog;

import io.waymark.dns.pipeline.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The form of a line of `log`: words, with placeholders such as `{name}` or `{/kubernetes/namespace}`
/// among them. What stands in braces and is no placeholder stands for itself, as in CoreDNS.
/// @param text   as the Corefile has it, `{common}` and `{combined}` spelled out
/// @param pieces in their order
public record LogFormat(String text, List<Piece> pieces) {
    private static final String COMMON_TEXT = "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do}"
            + " {>bufsize}\" {rcode} {>rflags} {rsize} {duration}";
    public static final LogFormat COMMON = of(COMMON_TEXT);

    /// A part of a line.
    public sealed interface Piece {
        /// Stands for itself.
        record Words(String text) implements Piece {}

        /// Something about a query or its reply.
        record Value(LogField field) implements Piece {}

        /// What a plugin knows of the query, or `-`.
        /// @param label without the slash in front
        record Metadata(String label) implements Piece {}
    }

    /// Copies the pieces.
    public LogFormat {
        pieces = List.copyOf(pieces);
    }

    /// Reads a format; every text is one.
    public static LogFormat of(String written) {
        var text = written.replace("{common}", COMMON_TEXT).replace("{combined}", COMMON_TEXT + " \"{>opcode}\"");
        var pieces = new ArrayList<Piece>();
        int done = 0;
        // The brace that closes decides: of "{ {name}" only the inner pair is a placeholder.
        for (int close = text.indexOf('}'); close >= 0; close = text.indexOf('}', close + 1)) {
            int open = text.lastIndexOf('{', close);
            if (open < done) {
                continue;
            }
            var inside = text.substring(open + 1, close);
            var field = LogField.of(inside);
            if (field.isPresent() || inside.startsWith("/")) {
                words(pieces, text.substring(done, open));
                pieces.add(field.isPresent() ? new Piece.Value(field.get()) : new Piece.Metadata(inside.substring(1)));
                done = close + 1;
            }
        }
        words(pieces, text.substring(done));
        return new LogFormat(text, pieces);
    }

    private static void words(List<Piece> pieces, String words) {
        if (!words.isEmpty()) {
            pieces.add(new Piece.Words(words));
        }
    }

    /// The labels of the metadata that a line needs.
    public List<String> metadata() {
        return pieces.stream()
                .filter(Piece.Metadata.class::isInstance)
                .map(piece -> ((Piece.Metadata) piece).label())
                .distinct()
                .toList();
    }

    /// The line of a query.
    /// @param metadata the values that there are, by their labels
    public String line(Answered answered, Map<String, String> metadata) {
        var line = new StringBuilder(160);
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Words(var words) -> line.append(words);
                case Piece.Value(var field) -> field.append(line, answered);
                case Piece.Metadata(var label) -> line.append(metadata.getOrDefault(label, LogField.NOTHING));
            }
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
