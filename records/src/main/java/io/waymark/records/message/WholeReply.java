package io.waymark.records.message;

import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.Optional;

/// Replies as whole messages, record by record, for whoever changes one on its way to the client.
/// The way of [ReplyComposer] and [UpstreamReply] is shorter, and gives the same octets.
public final class WholeReply {
    private static final int FLAGS_OF_QUERY = Header.RD | Header.CD;
    private static final int FLAGS_OF_REPLY = Header.AA | Header.TC | Header.RA | Header.AD;

    private WholeReply() {}

    /// What [ReplyComposer] would compose of `reply`; without EDNS, which [#compose] adds.
    public static Message of(Query query, Reply reply) {
        int flags = Header.QR
                | query.flags() & FLAGS_OF_QUERY
                | (reply.authoritative() ? Header.AA : 0)
                | (reply.recursionAvailable() ? Header.RA : 0)
                | reply.rcode().code() & 0xf;
        return new Message(
                new Header(query.id(), flags),
                reply.rcode(),
                List.of(query.question()),
                records(reply.answer()),
                records(reply.authority()),
                records(reply.additional()),
                Optional.empty());
    }

    /// Composes the reply to `query` in at most `limit` octets: ID, question and the bits RD and CD
    /// are the query's, AA, TC, RA, AD and the response code the message's. It has an OPT record
    /// exactly if the query has one: with the options of the message's, or if that has none, with
    /// those that a reply of our own echoes.
    /// @param limit as for [MessageComposer]
    public static byte[] compose(Query query, Message message, int limit) {
        var edns = query.edns()
                .map(asked -> message.edns().isPresent()
                        ? RelayedEdns.of(query, message.edns()).orElseThrow()
                        : EdnsReply.of(asked));
        var rcode =
                edns.isPresent() ? message.rcode() : new Rcode(message.rcode().code() & 0xf);
        int flags = Header.QR
                | query.flags() & FLAGS_OF_QUERY
                | message.header().flags() & FLAGS_OF_REPLY
                | rcode.code() & 0xf;
        var reply = MessageComposer.compose(
                new Message(
                        new Header(query.id(), flags),
                        rcode,
                        List.of(query.question()),
                        message.answer(),
                        message.authority(),
                        message.additional(),
                        edns),
                limit);
        // The first name of a message is not compressed, so the question has its place and length;
        // owners point there, and so have the letters it was asked with too.
        var question = query.questionOctets();
        System.arraycopy(question, 0, reply, Cursor.HEADER_OCTETS, question.length);
        return reply;
    }

    private static List<ResourceRecord> records(List<RecordSet> rrsets) {
        return rrsets.stream()
                .flatMap(rrset -> rrset.data().stream()
                        .map(data -> new ResourceRecord(rrset.owner(), ResourceRecord.CLASS_IN, rrset.ttl(), data)))
                .toList();
    }
}
