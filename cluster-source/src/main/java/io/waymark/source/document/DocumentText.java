package io.waymark.source.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.nodes.Node;

/// The text of a file, as trees of nodes: each node knows its line and column. Both syntaxes give
/// the same trees, so that what reads them need not know which it was.
public final class DocumentText {
    /// Beyond this many documents in one file, something else is wrong.
    public static final int DOCUMENTS_MAX = 100_000;
    /// The deepest objects in use are CustomResourceDefinitions, at about 60 levels.
    public static final int DEPTH_MAX = 200;

    private DocumentText() {}

    /// Hands over each document that is not empty, in order. What stands before a fault is handed
    /// over too: the caller decides what it is worth.
    /// @return the first fault, or empty if the text was read to its end
    public static Optional<DocumentProblem> read(String file, byte[] octets, Consumer<Node> documents) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.of(notUtf8(file, octets));
        }
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return file.endsWith(".json")
                ? JsonText.read(file, withoutMark, documents)
                : YamlText.read(file, withoutMark, documents);
    }

    /// The position of a character, counted as editors do.
    public static DocumentProblem problemAt(String file, String text, int index, String message) {
        int end = Math.min(index, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new DocumentProblem(file, line, 1 + text.codePointCount(lineStart, end), message);
    }

    private static DocumentProblem notUtf8(String file, byte[] octets) {
        boolean utf16 = octets.length > 1 && (octets[0] == -1 && octets[1] == -2 || octets[0] == -2 && octets[1] == -1);
        var before = CharBuffer.allocate(octets.length);
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets), before, true);
        var text = before.flip().toString();
        String found = utf16 ? "found UTF-16" : "found octets that are no UTF-8";
        return problemAt(file, text, text.length(), found + "; expected text in UTF-8: save the file so");
    }
}
