package io.waymark.dns.pipeline;

/// One plugin of a server block that can answer, at work. Asked on many event loops at a time; does not
/// block.
@FunctionalInterface
public interface Plugin {

    /// Decides about a query, or leaves it to the next plugin.
    /// @param server the whole server, for a question that the answer depends on
    Outcome answer(Exchange exchange, Reask server);

    /// The way from a plugin back to the front of the server: other blocks, other plugins.
    @FunctionalInterface
    interface Reask {
        /// Never [Outcome.Pass].
        Outcome ask(Exchange exchange);
    }
}
