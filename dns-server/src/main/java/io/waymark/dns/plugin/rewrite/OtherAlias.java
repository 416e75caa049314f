package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.List;

/// Leads an alias in an answer elsewhere: what is behind it is asked of the whole server anew.
record OtherAlias(NameChange names, Exchange asked) {
    /// Aliases that lead to aliases that are changed: beyond this many the reply stays as it is.
    private static final int HOPS_MAX = 8;

    /// The reply with the first alias that is meant led elsewhere; as it is if none is.
    Outcome in(Message reply) {
        for (int i = 0; i < reply.answer().size(); i++) {
            var record = reply.answer().get(i);
            if (record.data() instanceof RecordData.Cname(var target)) {
                var other = names.match().replace(target.toString(), names.to()).flatMap(DomainName::parse);
                if (other.isPresent() && asked.hops() < Math.min(HOPS_MAX, Exchange.HOPS_MAX)) {
                    return led(reply, i, other.get());
                }
            }
        }
        return new Outcome.Edited(reply);
    }

    private Outcome led(Message reply, int at, DomainName target) {
        var alias = reply.answer().get(at);
        var kept = new ArrayList<>(reply.answer().subList(0, at));
        kept.add(new ResourceRecord(alias.owner(), alias.recordClass(), alias.ttl(), new RecordData.Cname(target)));
        var question = new Question(target, asked.question().type(), ResourceRecord.CLASS_IN);
        var query = asked.query().with(question);
        return Outcome.map(
                asked.reask(query),
                found -> Outcome.message(found, query)
                        .<Outcome>map(message -> new Outcome.Edited(behind(reply, kept, message)))
                        .orElseGet(() -> new Outcome.Edited(reply)));
    }

    private static Message behind(Message reply, List<ResourceRecord> aliases, Message found) {
        var answer = new ArrayList<>(aliases);
        answer.addAll(found.answer());
        int flags = reply.header().flags() & ~Header.TC | found.header().flags() & Header.TC;
        return new Message(
                new Header(reply.header().id(), flags),
                reply.rcode(),
                reply.questions(),
                answer,
                reply.authority(),
                reply.additional(),
                reply.edns());
    }
}
