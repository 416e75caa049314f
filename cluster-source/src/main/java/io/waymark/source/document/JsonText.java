package io.waymark.source.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// JSON (RFC 8259) as the nodes that YAML would give. A YAML reader is not enough: it refuses
/// `\/` in a string, which some writers escape, and one value after another without `---`.
public final class JsonText {
    private static final int[] NO_SNIPPET = {};
    /// What stands behind the text. Inside it, it is a control character that JSON has nowhere.
    private static final char END = 0;

    private final String file;
    private final String text;
    private int at;
    private int line;
    private int lineStart;
    private Optional<DocumentProblem> fault = Optional.empty();

    private JsonText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// Reads values until the text ends; between them white space or nothing.
    public static Optional<DocumentProblem> read(String file, String text, Consumer<Node> documents) {
        var reader = new JsonText(file, text);
        reader.skipSpace();
        for (int count = 1; reader.at < text.length(); count++) {
            if (count > DocumentText.DOCUMENTS_MAX) {
                reader.fail("more than " + DocumentText.DOCUMENTS_MAX + " values");
                break;
            }
            var document = reader.value(0);
            if (reader.fault.isEmpty()) {
                documents.accept(document);
            }
            reader.skipSpace();
        }
        return reader.fault;
    }

    /// Notes the first fault and goes to the end of the text, where everything else comes to rest.
    private void fail(String message) {
        if (fault.isEmpty()) {
            fault = Optional.of(new DocumentProblem(file, line + 1, at - lineStart + 1, "not JSON: " + message));
        }
        at = text.length();
    }

    private Node value(int depth) {
        if (depth > DocumentText.DEPTH_MAX) {
            fail("nested deeper than " + DocumentText.DEPTH_MAX);
        }
        var mark = mark();
        return switch (peek()) {
            case '{' -> object(mark, depth);
            case '[' -> array(mark, depth);
            case '"' -> new ScalarNode(Tag.STR, string(), mark, mark, ScalarStyle.DOUBLE_QUOTED);
            default -> word(mark);
        };
    }

    private Node object(Mark mark, int depth) {
        var tuples = new ArrayList<NodeTuple>();
        at++;
        skipSpace();
        if (peek() != '}') {
            do {
                skipSpace();
                if (peek() != '"') {
                    fail("found " + found() + "; expected a key in double quotes");
                    break;
                }
                var keyMark = mark();
                var key = new ScalarNode(Tag.STR, string(), keyMark, keyMark, ScalarStyle.DOUBLE_QUOTED);
                skipSpace();
                expect(':');
                skipSpace();
                tuples.add(new NodeTuple(key, value(depth + 1)));
                skipSpace();
            } while (accepts(','));
        }
        expect('}');
        return new MappingNode(Tag.MAP, true, tuples, mark, mark(), FlowStyle.FLOW);
    }

    private Node array(Mark mark, int depth) {
        List<Node> items = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() != ']') {
            do {
                skipSpace();
                items.add(value(depth + 1));
                skipSpace();
            } while (accepts(','));
        }
        expect(']');
        return new SequenceNode(Tag.SEQ, true, items, mark, mark(), FlowStyle.FLOW);
    }

    private Node word(Mark mark) {
        int start = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        var word = text.substring(start, at);
        Tag tag = switch (word) {
            case "true", "false" -> Tag.BOOL;
            case "null" -> Tag.NULL;
            default -> number(word, start);
        };
        return new ScalarNode(tag, word, mark, mark, ScalarStyle.PLAIN);
    }

    private Tag number(String word, int start) {
        if (word.matches("-?(0|[1-9][0-9]*)")) {
            return Tag.INT;
        }
        if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            return Tag.FLOAT;
        }
        at = start;
        fail("found " + (word.isEmpty() ? found() : word) + "; expected a value");
        return Tag.NULL;
    }

    private static boolean isWordPart(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.';
    }

    private String string() {
        at++;
        var unescaped = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c < ' ') {
                fail("found " + found() + " inside a string");
            } else {
                at++;
                unescaped.append(c == '\\' ? escaped() : c);
            }
        }
        expect('"');
        return unescaped.toString();
    }

    private char escaped() {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> {
                at--;
                fail("found the escape \\" + kind + ", which JSON does not have");
                yield kind;
            }
        };
    }

    private char hexadecimal() {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            fail("expected four hexadecimal digits after \\u");
            return END;
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }

    private void skipSpace() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                lineStart = at + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private boolean accepts(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!accepts(c)) {
            fail("found " + found() + "; expected " + c);
        }
    }

    private String found() {
        if (at >= text.length()) {
            return "the end of the file";
        }
        char c = text.charAt(at);
        return c > ' ' && c < 0x7f ? "'" + c + "'" : "U+%04X".formatted((int) c);
    }

    private Mark mark() {
        return new Mark(file, at, line, at - lineStart, NO_SNIPPET, 0);
    }
}
