package io.waymark.dns.plugin.transfer;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.Transferable;
import io.waymark.dns.plugin.Transferable.Offer;
import io.waymark.dns.plugin.transfer.TransferStage.Receivers;
import io.waymark.dns.plugin.transfer.TransferStage.Rule;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.zone.ZoneContents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The `transfer` plugin: hands over whole zones (AXFR, RFC 5936), which an IXFR (RFC 1995) gets too
/// unless its sender has the present serial.
///
/// | the query | is answered |
/// |---|---|
/// | comes over UDP or HTTPS, from a client who is not named, for no apex of ours | REFUSED |
/// | is an IXFR that does not say what its sender has; the zone is not known completely yet | SERVFAIL |
/// | is an IXFR with our serial | with the SOA |
///
/// What a zone has is gathered on a thread of its own, and then composed as the client takes it.
final class TransferPlugin implements Plugin {
    private static final Outcome REFUSED = new Outcome.Answer(Reply.of(Rcode.REFUSED));

    private final LongestApex<Receivers> receivers;
    private final List<Transferable> plugins;

    /// @param plugins the first that has a zone is asked for it
    TransferPlugin(List<Rule> rules, List<Transferable> plugins) {
        this.receivers = new LongestApex<>(rules.stream()
                .flatMap(rule -> rule.zones().stream().map(zone -> new LongestApex.Apex<>(zone, rule.receivers())))
                .toList());
        this.plugins = List.copyOf(plugins);
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var type = exchange.question().type();
        if (!type.equals(RecordType.AXFR) && !type.equals(RecordType.IXFR)) {
            return Outcome.PASS;
        }
        var client = exchange.client().ip();
        boolean allowed = exchange.client().transport().takesSeveral()
                && receivers
                        .of(exchange.question())
                        .filter(named -> named.include(client))
                        .isPresent();
        if (!allowed) {
            return REFUSED;
        }
        if (type.equals(RecordType.IXFR) && exchange.query().serial().isEmpty()) {
            return new Outcome.Fail(
                    Rcode.SERVFAIL, "an IXFR without a SOA in its authority section, which says what its sender has");
        }
        return apart(exchange);
    }

    private Outcome apart(Exchange exchange) {
        var outcome = new CompletableFuture<Outcome>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(handOver(exchange));
            } catch (RuntimeException | StackOverflowError defect) {
                outcome.completeExceptionally(defect);
            }
        });
        return new Outcome.Later(outcome);
    }

    private Outcome handOver(Exchange exchange) {
        for (var plugin : plugins) {
            switch (plugin.offer(exchange.view(), exchange.question().name())) {
                case Offer.Whole(var contents) -> {
                    return handOver(contents, exchange.query().serial());
                }
                case Offer.NotYet(var why) -> {
                    return new Outcome.Fail(Rcode.SERVFAIL, why);
                }
                case Offer.Foreign foreign -> {}
            }
        }
        return REFUSED;
    }

    private static Outcome handOver(ZoneContents contents, Optional<Integer> has) {
        var soa = (RecordData.Soa) contents.soa().data().getFirst();
        return has.isPresent() && has.get() == soa.serial()
                ? new Outcome.Answer(
                        new Reply(Rcode.NOERROR, true, false, List.of(contents.soa()), List.of(), List.of()))
                : new Outcome.Transfer(contents.transfer());
    }
}
