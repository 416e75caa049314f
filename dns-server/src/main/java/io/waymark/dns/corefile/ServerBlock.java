package io.waymark.dns.corefile;

import java.util.List;

/// Zones and what is done with questions for them: `cluster.local:53 10.0.0.0/24 { … }`.
/// @param keys       the zones as written, at least one
/// @param directives in the order of the text, which is not the order in which they act
public record ServerBlock(List<Token> keys, List<Directive> directives) {

    /// Copies the lists; a block without a zone is a defect of the reader.
    public ServerBlock {
        keys = List.copyOf(keys);
        directives = List.copyOf(directives);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a server block has at least one zone");
        }
    }

    /// Where the first zone stands.
    public Position at() {
        return keys.getFirst().at();
    }
}
