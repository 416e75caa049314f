package io.waymark.dns.pipeline;

import java.util.function.Predicate;

/// Which of the queries for its zones a server block takes (the plugin `view`).
/// @param name   as metrics call it; empty for a block that takes all
/// @param admits asked before any plugin, and for a query that another block then takes
public record BlockView(String name, Predicate<Exchange> admits) {
    /// Of a block without `view`.
    public static final BlockView ALL = new BlockView("", exchange -> true);
}
