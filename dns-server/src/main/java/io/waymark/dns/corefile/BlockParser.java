package io.waymark.dns.corefile;

import io.waymark.dns.corefile.Token.Form;
import java.util.ArrayList;
import java.util.List;

/// Groups tokens into server blocks and directives. Goes on after a problem, so that one run finds
/// them all; braces nest [#NESTING_MAX] deep at most.
///
/// A single block may do without braces. Unlike for CoreDNS, a `}` may stand at the end of a line.
final class BlockParser {
    static final int NESTING_MAX = 32;

    private final List<Token> tokens;
    private final Remarks remarks;
    private int at;

    BlockParser(List<Token> tokens, Remarks remarks) {
        this.tokens = tokens;
        this.remarks = remarks;
    }

    List<ServerBlock> blocks() {
        var blocks = new ArrayList<ServerBlock>();
        while (at < tokens.size()) {
            Token first = tokens.get(at);
            if (first.form() == Form.CLOSE_BRACE) {
                strayBrace(first);
                at++;
                continue;
            }
            var keys = keys();
            var directives = serverBlock();
            if (keys.isEmpty()) {
                remarks.problem(
                        first,
                        "this server block has no zone; write one before the \"{\", such as \".\" for all names");
            } else {
                blocks.add(new ServerBlock(keys, directives));
            }
        }
        return blocks;
    }

    /// Zones up to the end of the line, or further where a comma ends a line.
    private List<Token> keys() {
        var keys = new ArrayList<Token>();
        boolean first = true;
        boolean another = false;
        while (at < tokens.size()
                && !isBrace(tokens.get(at))
                && (first || another || !tokens.get(at).startsLine())) {
            Token token = tokens.get(at++);
            first = false;
            another = token.text().endsWith(",");
            String text = another ? token.text().substring(0, token.text().length() - 1) : token.text();
            if (ImportExpander.isSnippetName(token)) {
                remarks.problem(token, "snippet " + token.text() + " must stand alone before its \"{\"");
            } else if (!text.isEmpty()) {
                keys.add(new Token(text, token.form(), token.at(), token.startsLine()));
            }
        }
        if (another) {
            remarks.problem(tokens.get(at - 1), "a comma announces another zone, but none follows; remove the comma");
        }
        return keys;
    }

    private List<Directive> serverBlock() {
        if (at < tokens.size() && tokens.get(at).form() == Form.OPEN_BRACE) {
            return bracedBlock(1);
        }
        var directives = directives(1);
        if (at < tokens.size()) {
            strayBrace(tokens.get(at++));
        }
        return directives;
    }

    /// Reads from an opening brace to behind the closing one.
    private List<Directive> bracedBlock(int depth) {
        Token open = tokens.get(at++);
        var directives = depth > NESTING_MAX ? skipTooDeep(open) : directives(depth);
        if (at == tokens.size()) {
            remarks.problem(open, "this \"{\" is not closed; add a \"}\" where its block ends");
        } else {
            at++;
        }
        return directives;
    }

    private List<Directive> skipTooDeep(Token open) {
        remarks.problem(open, "braces are nested more than " + NESTING_MAX + " deep; no plugin needs that");
        int depth = 1;
        while (at < tokens.size()) {
            Form form = tokens.get(at).form();
            depth += form == Form.OPEN_BRACE ? 1 : form == Form.CLOSE_BRACE ? -1 : 0;
            if (depth == 0) {
                break;
            }
            at++;
        }
        return List.of();
    }

    /// Reads up to a closing brace, which is left, or the end.
    private List<Directive> directives(int depth) {
        var directives = new ArrayList<Directive>();
        while (at < tokens.size() && tokens.get(at).form() != Form.CLOSE_BRACE) {
            Token name = tokens.get(at);
            if (name.form() == Form.OPEN_BRACE) {
                remarks.problem(name, "a \"{\" stands at the end of the line whose block it opens; move it up");
                var block = bracedBlock(depth + 1);
                if (!directives.isEmpty() && directives.getLast().block().isEmpty()) {
                    Directive owner = directives.removeLast();
                    directives.add(new Directive(owner.name(), owner.arguments(), block));
                }
            } else {
                directives.add(directive(depth));
            }
        }
        return directives;
    }

    private Directive directive(int depth) {
        Token name = tokens.get(at++);
        var arguments = new ArrayList<Token>();
        while (at < tokens.size() && !tokens.get(at).startsLine() && !isBrace(tokens.get(at))) {
            arguments.add(tokens.get(at++));
        }
        boolean opens = at < tokens.size()
                && tokens.get(at).form() == Form.OPEN_BRACE
                && !tokens.get(at).startsLine();
        return new Directive(name, arguments, opens ? bracedBlock(depth + 1) : List.of());
    }

    private void strayBrace(Token brace) {
        remarks.problem(brace, "this \"}\" closes nothing; remove it, or add the \"{\" it belongs to");
    }

    private static boolean isBrace(Token token) {
        return token.form() == Form.OPEN_BRACE || token.form() == Form.CLOSE_BRACE;
    }
}
