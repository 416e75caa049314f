package io.waymark.dns.plugin.cache;

import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;

/// The TTLs of answers out of memory: within the cache's bounds and equal in all records, as if they had
/// just been kept; so `cache 10` bounds what clients keep, whoever answers. Allocates nothing if they
/// are right already, as those of cluster names mostly are.
final class OwnTtl {
    private final CacheStage stage;

    OwnTtl(CacheStage stage) {
        this.stage = stage;
    }

    /// The outcome with these TTLs.
    Outcome on(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answer(var reply) -> answer(outcome, reply);
            case Outcome.Edited(var message) -> new Outcome.Edited(edited(message));
            case Outcome.Verbatim verbatim -> verbatim;
            case Outcome.Transfer transfer -> transfer;
            case Outcome.Fail fail -> fail;
            case Outcome.Drop drop -> drop;
            case Outcome.Pass pass -> pass;
            case Outcome.Later later -> Outcome.map(later, this::on);
        };
    }

    private Outcome answer(Outcome outcome, Reply reply) {
        int least = least(least(least(Integer.MAX_VALUE, reply.answer()), reply.authority()), reply.additional());
        if (least == Integer.MAX_VALUE) {
            return outcome;
        }
        int ttl = within(reply, least);
        if (all(reply.answer(), ttl) && all(reply.authority(), ttl) && all(reply.additional(), ttl)) {
            return outcome;
        }
        return new Outcome.Answer(new Reply(
                reply.rcode(),
                reply.authoritative(),
                reply.recursionAvailable(),
                with(reply.answer(), ttl),
                with(reply.authority(), ttl),
                with(reply.additional(), ttl)));
    }

    private int within(Reply reply, int least) {
        if (reply.rcode().equals(Rcode.SERVFAIL)) {
            return (int) stage.servfail().toSeconds();
        }
        boolean denial = reply.rcode().equals(Rcode.NXDOMAIN)
                || !reply.authority().isEmpty()
                        && reply.authority().getFirst().type().equals(RecordType.SOA);
        return (denial ? stage.denial() : stage.success()).clamp(least);
    }

    // By index, because an iterator would be an allocation.
    private static int least(int before, List<RecordSet> rrsets) {
        int least = before;
        for (int i = 0; i < rrsets.size(); i++) {
            least = Math.min(least, rrsets.get(i).ttl());
        }
        return least;
    }

    private static boolean all(List<RecordSet> rrsets, int ttl) {
        for (int i = 0; i < rrsets.size(); i++) {
            if (rrsets.get(i).ttl() != ttl) {
                return false;
            }
        }
        return true;
    }

    private static List<RecordSet> with(List<RecordSet> rrsets, int ttl) {
        return rrsets.stream()
                .map(rrset -> new RecordSet(rrset.owner(), rrset.type(), ttl, rrset.data()))
                .toList();
    }

    private Message edited(Message message) {
        int ttl = ReplyReading.of(message, stage, 0).ttl();
        return new Message(
                message.header(),
                message.rcode(),
                message.questions(),
                records(message.answer(), ttl),
                records(message.authority(), ttl),
                records(message.additional(), ttl),
                message.edns());
    }

    private static List<ResourceRecord> records(List<ResourceRecord> records, int ttl) {
        return records.stream()
                .map(record -> new ResourceRecord(record.owner(), record.recordClass(), ttl, record.data()))
                .toList();
    }
}
