package io.waymark.dns.plugin.forward;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import java.util.List;

/// The `forward` plugin: sends the query on to other servers.
public final class ForwardPlugin implements Plugin {
    private final DomainName from;
    private final List<DomainName> except;
    private final Forwarder forwarder;

    /// @param from   only names at or below it are sent on
    /// @param except but not those at or below one of these
    public ForwardPlugin(DomainName from, List<DomainName> except, Forwarder forwarder) {
        this.from = from;
        this.except = List.copyOf(except);
        this.forwarder = forwarder;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var name = exchange.question().name();
        if (!name.isWithin(from) || except.stream().anyMatch(name::isWithin)) {
            return Outcome.PASS;
        }
        boolean overTcp = exchange.client().transport().isStream();
        return new Outcome.Later(forwarder.ask(exchange.query(), overTcp).thenApply(ForwardPlugin::outcome));
    }

    private static Outcome outcome(ForwardResult result) {
        return switch (result) {
            case ForwardResult.Replied(var octets) -> new Outcome.Verbatim(octets);
            case ForwardResult.TooMany tooMany -> new Outcome.Answer(Reply.of(Rcode.REFUSED));
            case ForwardResult.NoReply(var reason) -> new Outcome.Fail(Rcode.SERVFAIL, reason);
        };
    }
}
