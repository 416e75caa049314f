package io.waymark.dns.corefile;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads Corefiles: Caddy 1's syntax as CoreDNS 1.15 has it.
///
/// `ZONE… { PLUGIN ARGUMENT… { OPTION ARGUMENT… } }`, one directive per line; `(NAME) { … }` defines
/// a snippet; `import` takes a snippet, a file or a pattern; `{$NAME}` and `{%NAME%}` are
/// environment variables; `#` starts a comment; `"…"` is one word.
public final class CorefileReader {
    private CorefileReader() {}

    /// Reads one text. Total: any text gives a value, and all problems of it at once.
    /// @param file        how the text is called in messages; imports are relative to it
    /// @param text        the whole content
    /// @param environment the value of a variable; empty if it is not set
    /// @param imports     finds imported files
    public static CorefileRead read(
            String file, String text, Function<String, Optional<String>> environment, ImportResolver imports) {
        var remarks = new Remarks();
        var references = new EnvironmentReferences(environment, remarks);
        var tokens = Lexer.tokens(file, text, references, remarks);
        var blocks = new BlockParser(new ImportExpander(imports, references, remarks).expand(file, tokens), remarks)
                .blocks();
        if (blocks.isEmpty() && remarks.problems().isEmpty()) {
            remarks.problem(
                    new Position(file, 1, 1),
                    "there is no server block; write one, such as \". { forward . /etc/resolv.conf }\" on three lines");
        }
        List<Problem> problems = remarks.problems();
        var corefile = new Corefile(blocks, remarks.warnings());
        return problems.isEmpty() ? new CorefileRead.Read(corefile) : new CorefileRead.Failed(problems, corefile);
    }
}
