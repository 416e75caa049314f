package io.waymark.dns.expression;

import io.waymark.dns.expression.Word.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits the text of an expression; one pass.
final class WordReader {
    private static final String SYMBOLS = "()[]{},.?:|&!=<>+-*/%";
    private static final List<String> PAIRS = List.of("==", "!=", "<=", ">=", "&&", "||", "..", "??", "**", "?.");

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private Optional<Mistake> mistake = Optional.empty();
    private int at;

    WordReader(String text) {
        this.text = text;
    }

    /// Where it stopped; the words are of use if there is none.
    Optional<Mistake> mistake() {
        return mistake;
    }

    /// All of them, the end as the last.
    List<Word> read() {
        while (mistake.isEmpty() && at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '\'' || c == '"' || c == '`') {
                quoted(c);
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (isLetter(c)) {
                int begin = at;
                while (at < text.length() && (isLetter(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
                    at++;
                }
                words.add(new Word(Form.NAME, text.substring(begin, at), begin));
            } else if (SYMBOLS.indexOf(c) >= 0) {
                int length = at + 2 <= text.length() && PAIRS.contains(text.substring(at, at + 2)) ? 2 : 1;
                words.add(new Word(Form.SYMBOL, text.substring(at, at + length), at));
                at += length;
            } else {
                mistake = Optional.of(new Mistake(at, "found \"" + c + "\", which means nothing here"));
            }
        }
        words.add(new Word(Form.END, "", text.length()));
        return words;
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '_' || c == '$';
    }

    private void number() {
        int begin = at;
        boolean prefixed =
                text.charAt(at) == '0' && at + 1 < text.length() && "xXbBoO".indexOf(text.charAt(at + 1)) >= 0;
        at += prefixed ? 2 : 0;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || isPoint() || text.charAt(at) == '_')) {
            at++;
        }
        words.add(new Word(Form.NUMBER, text.substring(begin, at), begin));
    }

    /// A point with a digit behind it; two points are a range.
    private boolean isPoint() {
        return text.charAt(at) == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    }

    private void quoted(char quote) {
        int begin = at++;
        var content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && quote != '`' && at < text.length()) {
                char escaped = text.charAt(at++);
                switch (escaped) {
                    case 'n' -> content.append('\n');
                    case 't' -> content.append('\t');
                    case 'r' -> content.append('\r');
                    case '\\', '\'', '"' -> content.append(escaped);
                    default -> {
                        mistake = Optional.of(new Mistake(
                                at - 2,
                                "found \"\\" + escaped + "\" in a text, expected \\n, \\t, \\r, \\\\, \\' or \\\"; a"
                                        + " backslash for a regular expression is written twice"));
                        return;
                    }
                }
            } else {
                content.append(c);
            }
        }
        if (at >= text.length()) {
            mistake = Optional.of(new Mistake(begin, "a text is opened here and not closed; add " + quote));
            return;
        }
        at++;
        words.add(new Word(Form.TEXT, content.toString(), begin));
    }
}
