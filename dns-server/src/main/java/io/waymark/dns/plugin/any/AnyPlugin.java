package io.waymark.dns.plugin.any;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The `any` plugin: says that ANY is not answered, in a record that caches understand.
public final class AnyPlugin implements Plugin {
    private static final int TTL = 8_482;

    /// Two strings, each behind its length (RFC 1035 §3.3.2).
    private static final RecordData HINFO = new RecordData.Unknown(
            RecordType.HINFO, "\15ANY obsoleted\14See RFC 8482".getBytes(StandardCharsets.ISO_8859_1));

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        if (!question.type().equals(RecordType.ANY)) {
            return Outcome.PASS;
        }
        var answer = List.of(RecordSet.of(question.name(), TTL, HINFO));
        return new Outcome.Answer(new Reply(Rcode.NOERROR, false, false, answer, List.of(), List.of()));
    }
}
