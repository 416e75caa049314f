package io.waymark.dns.corefile;

import java.util.List;

/// A Corefile as a tree: snippets, imports and environment references are resolved; what a
/// directive means is not yet decided.
/// @param blocks   in the order of the text
/// @param warnings about the text, in its order
public record Corefile(List<ServerBlock> blocks, List<Warning> warnings) {

    /// Copies the lists.
    public Corefile {
        blocks = List.copyOf(blocks);
        warnings = List.copyOf(warnings);
    }
}
