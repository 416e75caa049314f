package io.waymark.records.message;

import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.ResourceRecord;
import java.util.Arrays;
import java.util.List;

/// [Reply] to octets: the server's hot path. It writes RRsets straight into the caller's octets and
/// allocates nothing, for which it keeps its tables from one reply to the next; so it is for one
/// thread, and each event loop has its own.
///
/// The question is echoed octet for octet, and names point to it wherever they can, so an owner
/// has the letters that its QNAME was asked with. Truncation is that of [MessageComposer]; both
/// ways give messages of equal content, which a test proves.
public final class ReplyComposer {
    /// What of the query's flags a reply repeats: OPCODE, RD and CD (RFC 1035 §4.1.1, RFC 4035 §3.1.6).
    static final int FLAGS_REPEATED = 0x7800 | Header.RD | Header.CD;

    private final MessageWriter out = new MessageWriter();
    private boolean truncated;

    /// Composes with tables of its own, for callers off the hot path; see the other `compose`.
    public static byte[] compose(Query query, Reply reply, int limit) {
        var target = new byte[limit];
        return Arrays.copyOf(target, new ReplyComposer().compose(query, reply, target, 0, limit));
    }

    /// Writes the reply to `target` from `offset` on.
    /// @param limit the most octets that the reply may have, from 512 to 65535; other values throw
    /// @return how many octets it has
    public int compose(Query query, Reply reply, byte[] target, int offset, int limit) {
        MessageComposer.checkLimit(limit);
        var asked = query.ednsOrNull();
        int reserved = asked == null ? 0 : EdnsReply.octets(asked);
        truncated = false;
        out.begin(target, offset, limit - reserved);
        out.question(query.questionOctets(), query.question().name());
        int answers = records(reply.answer());
        int authorities = records(reply.authority());
        int flags = flags(query, reply);
        int additionals = records(reply.additional());
        out.extend(reserved);
        if (asked != null) {
            EdnsReply.write(out, asked, reply.rcode());
            additionals++;
        }
        out.header(query.id(), flags, 1, answers, authorities, additionals);
        return out.length();
    }

    private int flags(Query query, Reply reply) {
        return Header.QR
                | query.flags() & FLAGS_REPEATED
                | (reply.authoritative() ? Header.AA : 0)
                | (truncated ? Header.TC : 0)
                | (reply.recursionAvailable() ? Header.RA : 0)
                | reply.rcode().code() & 0xf;
    }

    /// By index, because an iterator would be an allocation per section.
    private int records(List<RecordSet> rrsets) {
        int kept = 0;
        for (int i = 0; i < rrsets.size() && !truncated; i++) {
            var rrset = rrsets.get(i);
            var data = rrset.data();
            for (int k = 0; k < data.size() && !truncated; k++) {
                truncated = !out.record(rrset.owner(), ResourceRecord.CLASS_IN, rrset.ttl(), rrset.type(), data.get(k));
                kept += truncated ? 0 : 1;
            }
        }
        return kept;
    }
}
