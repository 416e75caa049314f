package io.waymark.dns.corefile;

import java.util.List;

/// One line of a block with what belongs to it: `forward . 10.0.0.1 { max_fails 3 }`.
/// @param name      the first word: a plugin, or an option inside a plugin's block
/// @param arguments the rest of the line
/// @param block     the lines between the braces; empty without braces
public record Directive(Token name, List<Token> arguments, List<Directive> block) {

    /// Copies the lists.
    public Directive {
        arguments = List.copyOf(arguments);
        block = List.copyOf(block);
    }

    /// Where the name stands.
    public Position at() {
        return name.at();
    }
}
