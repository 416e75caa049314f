package io.waymark.dns.plugin.file;

import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.pipeline.AliasChase;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.Transferable;
import io.waymark.records.masterfile.StaticAnswer;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import io.waymark.records.view.View;
import io.waymark.records.zone.ZoneContents;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The `file` plugin: answers out of the zones of master files, and has them handed over.
public final class FilePlugin implements Plugin, Transferable {
    private final Map<DomainName, ZoneFile> files;
    private final LongestApex<ZoneFile> zones;
    private final Fallthrough fallthrough;
    private final boolean recursion;
    private final Outcome foreign;

    /// @param recursion whether the block offers recursion (the RA bit)
    /// @param last      whether no plugin stands behind it, so that other zones are nobody's
    FilePlugin(List<ZoneFile> files, Fallthrough fallthrough, boolean recursion, boolean last) {
        this.files = files.stream().collect(Collectors.toMap(ZoneFile::origin, file -> file));
        this.zones = new LongestApex<>(files.stream()
                .map(file -> new LongestApex.Apex<>(file.origin(), file))
                .toList());
        this.fallthrough = fallthrough;
        this.recursion = recursion;
        this.foreign = last ? new Outcome.Answer(Reply.of(Rcode.REFUSED)) : Outcome.PASS;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        var file = zones.of(question);
        if (file.isEmpty() || question.recordClass() != ResourceRecord.CLASS_IN) {
            return foreign;
        }
        if (question.type().equals(RecordType.AXFR) || question.type().equals(RecordType.IXFR)) {
            return new Outcome.Answer(Reply.of(Rcode.REFUSED));
        }
        var zone = file.get().zone();
        if (zone.isEmpty()) {
            return new Outcome.Fail(
                    Rcode.SERVFAIL, "the file of zone " + file.get().origin() + " could not be read yet");
        }
        boolean dnssecOk = exchange.query().edns().map(Edns::dnssecOk).orElse(false);
        return switch (zone.get().answer(question.name(), question.type(), dnssecOk)) {
            case StaticAnswer.Said said -> said(exchange, said);
            case StaticAnswer.Elsewhere(var aliases, var target) ->
                new AliasChase(aliases, recursion).follow(exchange, target);
            case StaticAnswer.Circle(var name) ->
                new Outcome.Fail(
                        Rcode.SERVFAIL, List.of(), "the aliases of the zone never end, one of them is " + name);
        };
    }

    @Override
    public Offer offer(View view, DomainName apex) {
        var file = files.get(apex);
        if (file == null) {
            return new Offer.Foreign();
        }
        var zone = file.zone();
        if (zone.isEmpty()) {
            return new Offer.NotYet("the file of zone " + apex + " could not be read yet");
        }
        var rrsets = zone.get().rrsets();
        return new Offer.Whole(new ZoneContents(zone.get().soa(), 1, all -> rrsets));
    }

    @Override
    public void tellChanges(Consumer<DomainName> listener) {
        files.values().forEach(file -> file.tellChanges(listener));
    }

    private Outcome said(Exchange exchange, StaticAnswer.Said said) {
        boolean missing = said.rcode().equals(Rcode.NXDOMAIN) && said.answer().isEmpty();
        return missing && fallthrough.covers(exchange.question().name())
                ? Outcome.PASS
                : new Outcome.Answer(new Reply(
                        said.rcode(),
                        said.authoritative(),
                        recursion,
                        said.answer(),
                        said.authority(),
                        said.additional()));
    }
}
