package io.waymark.dns.plugin.forward;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.forward.ForwardOptions.NextOn;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Received.Matched;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The `forward` plugin: sends the query on to other servers.
public final class ForwardPlugin implements Plugin {
    private final DomainName from;
    private final List<DomainName> except;
    private final NextOn nextOn;
    private final Forwarder forwarder;

    /// @param from      only names at or below it are sent on
    /// @param except    but not those at or below one of these; `from` itself is in any case
    /// @param nextOn    replies that are left to the `forward` of the next line in the block; none
    ///                  if there is no such line
    ForwardPlugin(DomainName from, List<DomainName> except, NextOn nextOn, Forwarder forwarder) {
        this.from = from;
        this.except = List.copyOf(except);
        this.nextOn = nextOn;
        this.forwarder = forwarder;
    }

    /// Names at or below it are sent on.
    public DomainName from() {
        return from;
    }

    /// Who is asked.
    public List<Forwarder.Member> members() {
        return forwarder.members();
    }

    /// Has a listener told, from now on, each question that is put to an upstream; on an event loop.
    public void tellAttempts(Consumer<Attempt> listener) {
        forwarder.tellAttempts(listener);
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var name = exchange.question().name();
        if (!name.isWithin(from) || !name.equals(from) && isExcepted(name)) {
            return Outcome.PASS;
        }
        boolean datagram = !exchange.client().transport().isStream();
        var query = exchange.query();
        var asked = forwarder.ask(
                query,
                datagram ? Way.DATAGRAM : Way.STREAM,
                exchange.view(),
                datagram ? query.udpLimit() : Message.OCTETS_MAX);
        return nextOn.equals(NextOn.NOTHING)
                ? new Outcome.Later(asked.thenApply(result -> outcome(result, exchange)))
                : new Outcome.Later(asked.thenCompose(result -> settled(result, exchange, next)));
    }

    private boolean isExcepted(DomainName name) {
        for (var zone : except) {
            if (name.isWithin(zone)) {
                return true;
            }
        }
        return false;
    }

    private CompletionStage<Outcome> settled(ForwardResult result, Exchange exchange, Next next) {
        var outcome = result instanceof ForwardResult.Replied(var reply, var by) && isForNext(reply)
                ? next.ask(exchange)
                : outcome(result, exchange);
        return outcome instanceof Outcome.Later(var later) ? later : CompletableFuture.completedFuture(outcome);
    }

    private boolean isForNext(Matched reply) {
        return nextOn.rcodes().contains(reply.rcode()) || nextOn.noData() && reply.isNoData();
    }

    private static Outcome outcome(ForwardResult result, Exchange exchange) {
        return switch (result) {
            case ForwardResult.Replied(var reply, var by) -> {
                exchange.notes().metadata("forward/upstream", by);
                yield new Outcome.Verbatim(reply.octets());
            }
            case ForwardResult.TooMany(int max) ->
                new Outcome.Fail(Rcode.REFUSED, "concurrent queries exceeded maximum " + max);
            case ForwardResult.NoReply(var reason) -> new Outcome.Fail(Rcode.SERVFAIL, reason);
        };
    }
}
