package io.waymark.records.message;

import io.waymark.records.rr.ResourceRecord;
import java.util.Arrays;
import java.util.List;

/// [Message] to octets (RFC 1035 §4.1), names compressed where RFC 3597 §4 allows it.
///
/// A message that does not fit loses whole records from its end: additional ones first, then
/// authority, then answer (RFC 2181 §9); TC is set if an answer or authority record is lost, and
/// kept if it was set. The OPT record stays, without its options if those alone are too many.
public final class MessageComposer {
    private final MessageWriter out = new MessageWriter();
    private boolean truncated;

    private MessageComposer() {}

    /// Composes `message` in at most `limit` octets.
    /// @param limit from [Message#UDP_OCTETS_MIN] to [Message#OCTETS_MAX]; other values throw
    public static byte[] compose(Message message, int limit) {
        checkLimit(limit);
        return new MessageComposer().octets(message, limit);
    }

    /// Throws on a limit outside of what messages have.
    static void checkLimit(int limit) {
        if (limit < Message.UDP_OCTETS_MIN || limit > Message.OCTETS_MAX) {
            throw new IllegalArgumentException("a message is limited to 512 up to 65535 octets, not " + limit);
        }
    }

    private byte[] octets(Message message, int limit) {
        var edns = message.edns().map(asked -> fitting(asked, limit));
        int reserved = edns.map(Opt::octets).orElse(0);
        var target = new byte[limit];
        out.begin(target, 0, limit - reserved);
        int questions = questions(message.questions());
        int answers = records(message.answer());
        int authorities = records(message.authority());
        int flags = message.header().flags() | (truncated ? Header.TC : 0);
        int additionals = records(message.additional());
        out.extend(reserved);
        edns.ifPresent(asked -> Opt.write(out, asked, message.rcode()));
        out.header(
                message.header().id(),
                flags,
                questions,
                answers,
                authorities,
                additionals + (edns.isPresent() ? 1 : 0));
        return Arrays.copyOf(target, out.length());
    }

    private static Edns fitting(Edns edns, int limit) {
        boolean fits = Cursor.HEADER_OCTETS + Opt.octets(edns) <= limit;
        return fits ? edns : new Edns(edns.udpSize(), edns.version(), edns.dnssecOk(), List.of());
    }

    private int questions(List<Question> questions) {
        int kept = 0;
        while (kept < questions.size() && !truncated) {
            truncated = !out.question(questions.get(kept));
            kept += truncated ? 0 : 1;
        }
        return kept;
    }

    private int records(List<ResourceRecord> records) {
        int kept = 0;
        while (kept < records.size() && !truncated) {
            var record = records.get(kept);
            truncated = !out.record(record.owner(), record.recordClass(), record.ttl(), record.type(), record.data());
            kept += truncated ? 0 : 1;
        }
        return kept;
    }
}
