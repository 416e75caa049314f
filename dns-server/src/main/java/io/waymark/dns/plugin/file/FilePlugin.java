package io.waymark.dns.plugin.file;

import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.pipeline.AliasChase;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.masterfile.StaticAnswer;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;

/// The `file` plugin: answers out of the zones of master files.
public final class FilePlugin implements Plugin {
    private final LongestApex<ZoneFile> zones;
    private final Fallthrough fallthrough;
    private final boolean recursion;

    /// @param recursion whether the block offers recursion (the RA bit)
    FilePlugin(LongestApex<ZoneFile> zones, Fallthrough fallthrough, boolean recursion) {
        this.zones = zones;
        this.fallthrough = fallthrough;
        this.recursion = recursion;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        var file = zones.of(question);
        if (file.isEmpty() || question.recordClass() != ResourceRecord.CLASS_IN) {
            return Outcome.PASS;
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
