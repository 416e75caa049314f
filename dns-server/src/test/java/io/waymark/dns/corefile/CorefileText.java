package io.waymark.dns.corefile;

import io.waymark.dns.corefile.ImportResolver.ImportedFile;
import io.waymark.dns.corefile.ImportResolver.Resolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Corefile's tree as text for tests: `zones: directive argument [option; option]; directive`,
/// a line per block, or the problems and warnings instead.
public final class CorefileText {
    private CorefileText() {}

    static String of(String text) {
        return of(text, Map.of(), Map.of());
    }

    /// @param files by name; a name that ends with `*` gives all files that begin like it
    static String of(String text, Map<String, String> environment, Map<String, String> files) {
        var read = CorefileReader.read(
                "Corefile", text, name -> Optional.ofNullable(environment.get(name)), imports(files));
        return switch (read) {
            case CorefileRead.Read(var corefile) -> outline(corefile);
            case CorefileRead.Failed(var problems, var ignored) ->
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        };
    }

    /// Files that exist only in a test.
    public static ImportResolver imports(Map<String, String> files) {
        return (importingFile, pattern) -> {
            if (pattern.endsWith("*")) {
                return new Resolution.Files(files.keySet().stream()
                        .filter(name -> name.startsWith(pattern.substring(0, pattern.length() - 1)))
                        .sorted()
                        .map(name -> new ImportedFile(name, files.get(name)))
                        .toList());
            }
            String text = files.get(pattern);
            return text == null
                    ? new Resolution.Refused("there is no " + pattern)
                    : new Resolution.Files(List.of(new ImportedFile(pattern, text)));
        };
    }

    private static String outline(Corefile corefile) {
        var warnings = corefile.warnings().stream().map(Warning::toString);
        var blocks = corefile.blocks().stream().map(block -> words(block.keys()) + ": " + lines(block.directives()));
        return Stream.concat(warnings, blocks).map(String::strip).collect(Collectors.joining("\n"));
    }

    private static String lines(List<Directive> directives) {
        return directives.stream().map(CorefileText::line).collect(Collectors.joining("; "));
    }

    private static String line(Directive directive) {
        String arguments = directive.arguments().isEmpty() ? "" : " " + words(directive.arguments());
        String block = directive.block().isEmpty() ? "" : " [" + lines(directive.block()) + "]";
        return word(directive.name()) + arguments + block;
    }

    private static String words(List<Token> tokens) {
        return tokens.stream().map(CorefileText::word).collect(Collectors.joining(" "));
    }

    private static String word(Token token) {
        return token.form() == Token.Form.QUOTED ? "<" + token.text() + ">" : token.text();
    }
}
