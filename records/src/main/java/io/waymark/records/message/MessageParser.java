package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Octets to [Message] (RFC 1035 §4.1), for whatever is not on the way of a plain query.
///
/// Total: any octets give a message or [Malformed]. Bounded: it looks at each octet once, but for
/// names, which take at most 255 steps each; lists grow with what was read, not with the counts
/// that the header claims.
public final class MessageParser {
    private final Cursor in;
    private int extendedRcode;
    private @Nullable Edns edns;

    private MessageParser(Cursor in) {
        this.in = in;
    }

    /// Parses the message that fills `length` octets from `offset`; octets behind its last record
    /// make it malformed. Throws only if `octets` has no such range.
    public static MessageParse parse(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        return new MessageParser(new Cursor(octets, offset, length)).message();
    }

    private MessageParse message() {
        var header = new Header(in.u16(), in.u16());
        int questionCount = in.u16();
        int answerCount = in.u16();
        int authorityCount = in.u16();
        int additionalCount = in.u16();
        var questions = questions(questionCount);
        int questionEnd = in.at();
        var answer = records(answerCount, false);
        var authority = records(authorityCount, false);
        var additional = records(additionalCount, true);
        if (!in.failed() && in.remaining() > 0) {
            in.fail("octets behind the last record");
        }
        if (in.failed()) {
            return in.failure();
        }
        var rcode = new Rcode(extendedRcode << 4 | header.rcodeLow());
        var message = new Message(header, rcode, questions, answer, authority, additional, Optional.ofNullable(edns));
        return new MessageParse.Parsed(message, questionEnd);
    }

    private List<Question> questions(int count) {
        var questions = new ArrayList<Question>(1);
        for (int i = 0; i < count && !in.failed(); i++) {
            questions.add(new Question(in.name(), RecordType.of(in.u16()), in.u16()));
        }
        return questions;
    }

    private List<ResourceRecord> records(int count, boolean additional) {
        var records = new ArrayList<ResourceRecord>();
        for (int i = 0; i < count && !in.failed(); i++) {
            var owner = in.name();
            var type = RecordType.of(in.u16());
            if (type.equals(RecordType.OPT)) {
                opt(owner.length() == 1, additional);
                continue;
            }
            int recordClass = in.u16();
            int ttl = Math.max(0, in.int32());
            var data = RdataParser.parse(in, type, recordClass, in.u16());
            records.add(new ResourceRecord(owner, recordClass, ttl, data));
        }
        return records;
    }

    private void opt(boolean rootOwned, boolean additional) {
        if (edns != null || !additional) {
            in.fail(edns != null ? "a second OPT record" : "OPT record outside the additional section");
        }
        var opt = Opt.parse(in, rootOwned);
        extendedRcode = opt.extendedRcode();
        edns = opt.edns();
    }
}
