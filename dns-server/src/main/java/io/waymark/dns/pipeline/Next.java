package io.waymark.dns.pipeline;

/// A part of a server that can be asked: the plugins behind one, or all of it.
@FunctionalInterface
public interface Next {
    /// Never [Outcome.Pass]: if no plugin answers, it is SERVFAIL.
    Outcome ask(Exchange exchange);
}
