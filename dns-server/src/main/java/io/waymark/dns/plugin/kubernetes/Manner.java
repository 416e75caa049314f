package io.waymark.dns.plugin.kubernetes;

import io.waymark.dns.pipeline.AliasChase;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import java.util.List;

/// How what a zone says becomes an answer.
/// @param offered whether the block offers recursion
public record Manner(boolean offered, Compat compat) {

    /// The RA bit.
    boolean recursion() {
        return switch (compat) {
            case NONE -> offered;
            case COREDNS -> false;
        };
    }

    /// Follows aliases that lead out of the zone to `target`. For CoreDNS the alias itself is an answer,
    /// whatever becomes of its target.
    Outcome follow(Exchange exchange, List<RecordSet> aliases, DomainName target) {
        var end = new AliasChase(aliases, recursion()).follow(exchange, target);
        return switch (compat) {
            case NONE -> end;
            case COREDNS -> Outcome.map(end, Manner::answered);
        };
    }

    private static Outcome answered(Outcome end) {
        return switch (end) {
            case Outcome.Answer(var reply) when !reply.rcode().equals(Rcode.NOERROR) -> answer(reply.answer());
            case Outcome.Fail(var rcode, var aliases, var reason) -> answer(aliases);
            default -> end;
        };
    }

    private static Outcome answer(List<RecordSet> records) {
        return new Outcome.Answer(new Reply(Rcode.NOERROR, true, false, records, List.of(), List.of()));
    }
}
