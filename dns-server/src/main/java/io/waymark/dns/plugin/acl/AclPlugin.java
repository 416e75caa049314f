package io.waymark.dns.plugin.acl;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.plugin.acl.AclStage.Action;
import io.waymark.dns.plugin.acl.AclStage.Rule;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;

/// The `acl` plugin: looks at who asks for what, and lets the plugins behind it answer, or not.
public final class AclPlugin implements Plugin {
    /// Extended DNS errors (RFC 8914 §2).
    private static final int EDE = 15;

    private static final int EDE_BLOCKED = 15;
    private static final int EDE_FILTERED = 17;

    private final List<Rule> rules;
    private final String view;
    private final CounterFamily blocked;
    private final CounterFamily filtered;
    private final CounterFamily dropped;
    private final CounterFamily allowed;

    /// @param view the name of the block's view, empty without one
    AclPlugin(List<Rule> rules, String view, Metrics metrics) {
        this.rules = List.copyOf(rules);
        this.view = view;
        this.blocked = family(metrics, "blocked");
        this.filtered = family(metrics, "filtered");
        this.dropped = family(metrics, "dropped");
        this.allowed = metrics.counter(
                "coredns_acl_allowed_requests_total", "Counter of DNS requests being allowed.", "server", "view");
    }

    private static CounterFamily family(Metrics metrics, String what) {
        return metrics.counter(
                "coredns_acl_" + what + "_requests_total",
                "Counter of DNS requests being " + what + ".",
                "server",
                "zone",
                "view");
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        var client = exchange.client().ip();
        for (var rule : rules) {
            var zone = rule.zone(question.name());
            if (zone.isPresent()) {
                for (var policy : rule.policies()) {
                    if (policy.matches(question.type(), client)) {
                        return decided(policy.action(), zone.get(), exchange);
                    }
                }
            }
        }
        return allowed(exchange);
    }

    private Outcome decided(Action action, DomainName zone, Exchange exchange) {
        return switch (action) {
            case ALLOW -> allowed(exchange);
            case BLOCK -> {
                count(blocked, zone, exchange);
                yield empty(exchange, Rcode.REFUSED, EDE_BLOCKED);
            }
            case FILTER -> {
                count(filtered, zone, exchange);
                yield empty(exchange, Rcode.NOERROR, EDE_FILTERED);
            }
            case DROP -> {
                count(dropped, zone, exchange);
                yield Outcome.DROP;
            }
        };
    }

    private Outcome allowed(Exchange exchange) {
        allowed.with(server(exchange), view).increment();
        return Outcome.PASS;
    }

    private void count(CounterFamily family, DomainName zone, Exchange exchange) {
        family.with(server(exchange), zone.toString(), view).increment();
    }

    private static String server(Exchange exchange) {
        return exchange.notes().served().map(QueryPipeline.Served::server).orElse("");
    }

    private static Outcome empty(Exchange exchange, Rcode rcode, int extendedError) {
        var query = exchange.query();
        if (query.edns().isEmpty()) {
            return new Outcome.Answer(Reply.of(rcode));
        }
        var asked = query.edns().get();
        var why = new Edns.Option(EDE, new byte[] {0, (byte) extendedError});
        return new Outcome.Edited(new Message(
                new Header(query.id(), Header.QR | rcode.code()),
                rcode,
                List.of(query.question()),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Edns(asked.udpSize(), 0, asked.dnssecOk(), List.of(why)))));
    }
}
