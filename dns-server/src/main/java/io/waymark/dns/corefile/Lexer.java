package io.waymark.dns.corefile;

import io.waymark.dns.corefile.Token.Form;
import java.util.ArrayList;
import java.util.List;

/// Splits a text into tokens as Caddy 1 does: words end at white space; `"…"` at the start of a
/// word holds white space, with `\"` for a quote and every other backslash as it is; `#` starts a
/// comment wherever it stands outside quotes; a brace is one only if it stands alone.
///
/// One pass, linear in the text. There is no continuation of lines; quoted text may hold line ends.
final class Lexer {
    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int END = -1;

    private final String file;
    private final int[] text;
    private final EnvironmentReferences environment;
    private final Remarks remarks;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int column = 1;
    private boolean startsLine = true;

    private Lexer(String file, String text, EnvironmentReferences environment, Remarks remarks) {
        this.file = file;
        this.text = text.codePoints().toArray();
        this.environment = environment;
        this.remarks = remarks;
    }

    static List<Token> tokens(String file, String text, EnvironmentReferences environment, Remarks remarks) {
        var lexer = new Lexer(file, text, environment, remarks);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        if (peek() == BYTE_ORDER_MARK) {
            at++;
        }
        while (peek() != END) {
            if (isSpace(peek())) {
                advance();
            } else if (peek() == '#') {
                skipComment();
            } else if (peek() == '"') {
                quoted();
            } else {
                word();
            }
        }
    }

    private void skipComment() {
        while (peek() != END && peek() != '\n') {
            advance();
        }
    }

    private void word() {
        var start = position();
        boolean starts = startsLine;
        var word = new StringBuilder();
        while (peek() != END && peek() != '#' && (!isSpace(peek()) || peek() == '\r')) {
            int c = advance();
            if (c != '\r') {
                word.appendCodePoint(c);
            }
        }
        String text = word.toString();
        if (text.length() > 1 && text.endsWith("{")) {
            remarks.problem(start, "\"" + text + "\" ends with a brace; put a space before the \"{\"");
            add(text.substring(0, text.length() - 1), Form.WORD, start, starts);
            add("{", Form.OPEN_BRACE, new Position(file, start.line(), column - 1), false);
        } else {
            add(
                    text,
                    text.equals("{") ? Form.OPEN_BRACE : text.equals("}") ? Form.CLOSE_BRACE : Form.WORD,
                    start,
                    starts);
        }
    }

    private void quoted() {
        var start = position();
        boolean starts = startsLine;
        int resumeAt = at;
        var content = new StringBuilder();
        advance();
        while (peek() != '"') {
            if (peek() == END) {
                remarks.problem(start, "a quote is opened here and not closed; add the closing \"");
                takeRestOfLine(start, resumeAt, starts);
                return;
            }
            int c = advance();
            if (c == '\\' && peek() != END) {
                int escaped = advance();
                if (escaped != '"') {
                    content.append('\\');
                }
                content.appendCodePoint(escaped);
            } else {
                content.appendCodePoint(c);
            }
        }
        advance();
        add(content.toString(), Form.QUOTED, start, starts);
    }

    /// Takes the rest of the line for the quoted text, so that the lines below are read as well.
    /// No later quote can lack its end again, hence the whole stays linear.
    private void takeRestOfLine(Position start, int quoteAt, boolean starts) {
        at = quoteAt;
        line = start.line();
        column = start.column();
        advance();
        var rest = new StringBuilder();
        while (peek() != END && peek() != '\n') {
            rest.appendCodePoint(advance());
        }
        add(rest.toString().strip(), Form.QUOTED, start, starts);
    }

    private void add(String text, Form form, Position start, boolean starts) {
        tokens.add(new Token(environment.replace(text, start), form, start, starts));
        startsLine = false;
    }

    private Position position() {
        return new Position(file, line, column);
    }

    private int peek() {
        return at < text.length ? text[at] : END;
    }

    private int advance() {
        int c = text[at++];
        if (c == '\n') {
            line++;
            column = 1;
            startsLine = true;
        } else {
            column++;
        }
        return c;
    }

    /// White space as Go's `unicode.IsSpace` has it.
    private static boolean isSpace(int c) {
        return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
    }
}
