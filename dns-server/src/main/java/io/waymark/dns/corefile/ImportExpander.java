package io.waymark.dns.corefile;

import io.waymark.dns.corefile.ImportResolver.ImportedFile;
import io.waymark.dns.corefile.ImportResolver.Resolution;
import io.waymark.dns.corefile.Token.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes snippets out of a stream of tokens and puts tokens in the place of each `import` line.
/// A snippet goes before a file of the same name and must be defined above its import.
///
/// Bounded: [#DEPTH_MAX] imports inside each other, [#IMPORTS_MAX] of them, [#TOKENS_MAX] tokens.
final class ImportExpander {
    static final int DEPTH_MAX = 32;
    static final int IMPORTS_MAX = 10_000;
    static final int TOKENS_MAX = 500_000;

    private final ImportResolver imports;
    private final EnvironmentReferences environment;
    private final Remarks remarks;
    private final Map<String, Snippet> snippets = new LinkedHashMap<>();
    private final List<Unresolved> unresolved = new ArrayList<>();
    private final List<String> chain = new ArrayList<>();
    private final List<Token> expanded = new ArrayList<>();
    private int braces;
    private int importsLeft = IMPORTS_MAX;
    private int tokensLeft = TOKENS_MAX;

    private record Snippet(Token name, List<Token> body) {}

    private record Unresolved(Token pattern, String why) {}

    ImportExpander(ImportResolver imports, EnvironmentReferences environment, Remarks remarks) {
        this.imports = imports;
        this.environment = environment;
        this.remarks = remarks;
    }

    /// The tokens of a file without snippets and imports.
    List<Token> expand(String file, List<Token> tokens) {
        chain.add(file);
        copy(tokens);
        unresolved.forEach(this::report);
        return expanded;
    }

    private void copy(List<Token> tokens) {
        int at = 0;
        while (at < tokens.size() && hasRoom(tokens.get(at))) {
            Token token = tokens.get(at);
            boolean first = token.startsLine() || at == 0 || isBrace(tokens.get(at - 1));
            if (first && token.isWord("import")) {
                at = importLine(tokens, at);
            } else if (first && opensSnippet(tokens, at)) {
                at = snippet(tokens, at);
            } else {
                braces += token.form() == Form.OPEN_BRACE ? 1 : token.form() == Form.CLOSE_BRACE && braces > 0 ? -1 : 0;
                // What an import puts first begins a line, whatever stood before it in its own text.
                expanded.add(at == 0 ? token.startingLine(true) : token);
                at++;
            }
        }
    }

    private boolean hasRoom(Token next) {
        if (tokensLeft-- > 0) {
            return true;
        }
        remarks.problem(next, "the Corefile with its imports has more than " + TOKENS_MAX + " words here; import less");
        importsLeft = 0;
        return false;
    }

    private boolean opensSnippet(List<Token> tokens, int at) {
        return braces == 0
                && isSnippetName(tokens.get(at))
                && at + 1 < tokens.size()
                && tokens.get(at + 1).form() == Form.OPEN_BRACE;
    }

    static boolean isSnippetName(Token token) {
        String text = token.text();
        return token.form() == Form.WORD && text.length() > 2 && text.startsWith("(") && text.endsWith(")");
    }

    /// Keeps the tokens between the braces; returns the index behind the closing one.
    private int snippet(List<Token> tokens, int at) {
        Token name = tokens.get(at);
        int open = at + 1;
        int depth = 1;
        int end = open + 1;
        while (end < tokens.size() && depth > 0) {
            Form form = tokens.get(end).form();
            depth += form == Form.OPEN_BRACE ? 1 : form == Form.CLOSE_BRACE ? -1 : 0;
            end++;
        }
        if (depth > 0) {
            remarks.problem(tokens.get(open), "this \"{\" of snippet " + name.text() + " is not closed; add a \"}\"");
        }
        String key = name.text().substring(1, name.text().length() - 1);
        Snippet earlier =
                snippets.putIfAbsent(key, new Snippet(name, tokens.subList(open + 1, depth > 0 ? end : end - 1)));
        if (earlier != null) {
            remarks.problem(
                    name,
                    "snippet " + name.text() + " is already defined at " + earlier.name.at() + "; rename one of them");
        }
        return end;
    }

    /// Puts what is imported in the place of the line; returns the index behind the line.
    private int importLine(List<Token> tokens, int at) {
        Token word = tokens.get(at);
        int end = at + 1;
        while (end < tokens.size() && !tokens.get(end).startsLine() && !isBrace(tokens.get(end))) {
            end++;
        }
        if (end == at + 1 || tokens.get(at + 1).text().isEmpty()) {
            remarks.problem(word, "import names nothing; write the snippet, file or pattern to import behind it");
        } else if (end > at + 2) {
            remarks.problem(
                    tokens.get(at + 2),
                    "import takes one name, found also " + tokens.get(at + 2).quoted()
                            + "; write one import per line (snippets have no arguments)");
        } else if (mayImport(word)) {
            importNamed(tokens.get(at + 1));
        }
        return end;
    }

    private boolean mayImport(Token word) {
        if (chain.size() > DEPTH_MAX) {
            remarks.problem(
                    word,
                    "imports are nested more than " + DEPTH_MAX + " deep here: " + String.join(" > ", chain)
                            + "; import from fewer levels");
            return false;
        }
        if (importsLeft == 0) {
            remarks.problem(word, "more than " + IMPORTS_MAX + " imports or " + TOKENS_MAX + " words; import less");
            return false;
        }
        importsLeft--;
        return true;
    }

    private void importNamed(Token pattern) {
        Snippet snippet = snippets.get(pattern.text());
        if (snippet != null) {
            copyFrame(pattern, snippet.name.text(), snippet.body);
            return;
        }
        switch (imports.resolve(pattern.at().file(), pattern.text())) {
            case Resolution.Refused(var why) -> unresolved.add(new Unresolved(pattern, why));
            case Resolution.Files(var files) -> {
                if (files.isEmpty()) {
                    remarks.warning(pattern, "no file matches " + pattern.quoted() + "; nothing is imported here");
                }
                for (ImportedFile file : files) {
                    copyFile(pattern, file);
                }
            }
        }
    }

    private void copyFile(Token pattern, ImportedFile file) {
        if (!chain.contains(file.name())) {
            copyFrame(pattern, file.name(), Lexer.tokens(file.name(), file.text(), environment, remarks));
        } else {
            cycle(pattern, file.name());
        }
    }

    private void copyFrame(Token pattern, String frame, List<Token> tokens) {
        if (chain.contains(frame)) {
            cycle(pattern, frame);
            return;
        }
        chain.addLast(frame);
        copy(tokens);
        chain.removeLast();
    }

    private void cycle(Token pattern, String frame) {
        var round = chain.subList(chain.indexOf(frame), chain.size());
        remarks.problem(
                pattern,
                "import goes in a circle: " + String.join(" > ", round) + " > " + frame
                        + "; remove one of these imports");
    }

    private void report(Unresolved failed) {
        String name = failed.pattern.text();
        Snippet later = snippets.get(name);
        String advice = later != null
                ? "snippet (" + name + ") is defined below, at " + later.name.at() + "; move it above this line"
                : "no snippet (" + name + ") is defined above, and the file cannot be imported: " + failed.why
                        + NearestName.hint(name, snippets.keySet());
        remarks.problem(failed.pattern, advice);
    }

    private static boolean isBrace(Token token) {
        return token.form() == Form.OPEN_BRACE || token.form() == Form.CLOSE_BRACE;
    }
}
