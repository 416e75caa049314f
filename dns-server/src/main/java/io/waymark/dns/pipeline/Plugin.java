package io.waymark.dns.pipeline;

/// One plugin of a server block, at work. Asked on many event loops at a time; does not block.
///
/// | it wants to | it returns |
/// |---|---|
/// | answer | any [Outcome] but PASS |
/// | leave the query to the plugins behind it | [Outcome#PASS] |
/// | change the query first | `next.ask(exchange.with(other))` |
/// | change the reply | `Outcome.map(next.ask(exchange), outcome -> …)` |
/// | know what the whole server says to another question | `exchange.reask(other)` |
@FunctionalInterface
public interface Plugin {

    /// Decides about a query, or leaves it to the next plugin.
    /// @param next the plugins behind this one in its block
    Outcome answer(Exchange exchange, Next next);
}
