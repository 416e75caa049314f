package io.waymark.dns.pipeline;

import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.pipeline.respond.InFlight;
import io.waymark.dns.pipeline.respond.LoopResponder;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.function.LongSupplier;

/// What all server blocks of one listening address make of a query: the block is chosen by the
/// longest zone and its view, and its plugins are asked in order. Synchronous, without futures, unless a plugin
/// itself has to wait. Any number of event loops use it at a time, each through its own responder.
///
/// | the query | is answered |
/// |---|---|
/// | is in no block's zones | REFUSED, by the block `elsewhere` |
/// | is not of class IN, and the block answers no such | the same |
/// | is a zone transfer, and the block answers no such | REFUSED |
/// | is passed on by every plugin | SERVFAIL |
public final class QueryPipeline {
    private final LongestApex<Served> zones;
    private final Served elsewhere;
    private final boolean chosenByView;
    private final ClientView views;
    private final Defects defects;
    private final InFlight inFlight;
    private final LongSupplier nanoTime;

    /// A zone that is served, the root for all names, and the block that answers for it. Told apart by
    /// identity: a pipeline makes each once, and hashing one is slow.
    /// @param server where, as metrics call it: `dns://:53`
    public record Served(String server, DomainName zone, ServerBlock block) {
        /// What answers for names that are served nowhere.
        static final Served NOWHERE = new Served("", DomainName.ROOT, ServerBlock.refusing(List.of()));
    }

    /// @param served   in the order of the Corefile; each zone once, or with views that tell them apart
    /// @param nanoTime measures how long answers take
    public QueryPipeline(
            List<Served> served, ClientView views, Defects defects, InFlight inFlight, LongSupplier nanoTime) {
        this(served, Served.NOWHERE, views, defects, inFlight, nanoTime);
    }

    /// As above.
    /// @param elsewhere what answers for names that are in none of the zones
    public QueryPipeline(
            List<Served> served,
            Served elsewhere,
            ClientView views,
            Defects defects,
            InFlight inFlight,
            LongSupplier nanoTime) {
        this.elsewhere = elsewhere;
        this.zones = new LongestApex<>(served.stream()
                .map(zone -> new LongestApex.Apex<>(zone.zone(), zone))
                .toList());
        this.chosenByView =
                served.stream().anyMatch(zone -> !zone.block().traits().view().equals(BlockView.ALL));
        this.views = views;
        this.defects = defects;
        this.inFlight = inFlight;
        this.nanoTime = nanoTime;
    }

    /// A responder for one event loop.
    public Responder onLoop() {
        return new LoopResponder(this, views, defects, inFlight, nanoTime);
    }

    /// Who answers a query. A view that looks at metadata finds its own block's.
    public Served served(Exchange exchange) {
        var question = exchange.question();
        var served = (chosenByView ? zones.of(question, zone -> takes(zone, exchange)) : zones.of(question))
                .orElse(elsewhere);
        return question.recordClass() == ResourceRecord.CLASS_IN
                        || served.block().traits().otherClasses()
                ? served
                : elsewhere;
    }

    private static boolean takes(Served served, Exchange exchange) {
        exchange.notes().considered(served, exchange);
        return served.block().traits().view().admits().test(exchange);
    }

    /// Never [Outcome.Pass].
    public Outcome ask(Exchange exchange) {
        return ask(served(exchange).block(), exchange);
    }

    public Outcome ask(ServerBlock block, Exchange exchange) {
        return isTransfer(exchange.question().type()) && !block.traits().transfers()
                ? refused()
                : block.chain().ask(exchange);
    }

    static Outcome refused() {
        return new Outcome.Answer(Reply.of(Rcode.REFUSED));
    }

    private static boolean isTransfer(RecordType type) {
        return type.equals(RecordType.AXFR) || type.equals(RecordType.IXFR);
    }
}
