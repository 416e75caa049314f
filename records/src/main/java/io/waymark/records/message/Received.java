package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import java.util.Arrays;

/// What octets from an upstream are to the query that was sent there.
public sealed interface Received {
    Received OTHER = new Other();

    /// The reply, checked to its last record.
    /// @param octets    the whole message; not to be modified: several clients may share it
    /// @param rcode     with the bits that EDNS adds
    /// @param answers   records in the answer section
    /// @param truncated the TC bit: there is more over TCP
    record Matched(byte[] octets, Rcode rcode, int answers, boolean truncated) implements Received {
        /// NOERROR, with an answer section that is empty.
        public boolean isNoData() {
            return rcode.equals(Rcode.NOERROR) && answers == 0;
        }
    }

    /// No reply, or one to something else: to be dropped, and the right one waited for (RFC 5452 §9.1).
    record Other() implements Received {}

    /// The reply by its ID and question, but its records cannot be read. To be dropped as well.
    record Broken() implements Received {
        static final Broken ONE = new Broken();
    }

    /// Reads a message that came for what [UpstreamQuery] made of `query` and `id`. Makes no records;
    /// never throws on account of the octets.
    ///
    /// | octets | result |
    /// |---|---|
    /// | [UpstreamReply#answers] does not hold | [Other] |
    /// | a header alone, with the ID and an error's code, as from old servers | [Matched], with the question |
    /// | TC, and records that cannot be read: cut where it happened to be full | [Matched], without any record |
    /// | records that cannot be read, or octets behind the last | [Broken] |
    /// @param octets a whole message, kept
    static Received of(Query query, int id, byte[] octets) {
        if (!UpstreamReply.answers(query, id, octets, 0, octets.length)) {
            return isBareError(id, octets) ? bare(query, octets) : OTHER;
        }
        boolean truncated = UpstreamReply.isTruncated(octets, 0);
        var in = new Cursor(octets, 0, octets.length);
        in.skip(6);
        int answers = in.u16();
        int records = answers + in.u16() + in.u16();
        in.skip(query.questionOctets().length);
        int extended = 0;
        for (int i = 0; i < records && !in.failed(); i++) {
            in.skipName();
            int type = in.u16();
            in.skip(2);
            int upper = in.u8();
            in.skip(3);
            in.skip(in.u16());
            extended = type == RecordType.OPT.code() ? upper : extended;
        }
        if (in.failed() || in.remaining() > 0) {
            return truncated ? bare(query, octets) : Broken.ONE;
        }
        return new Matched(octets, new Rcode(extended << 4 | UpstreamReply.rcodeLow(octets, 0)), answers, truncated);
    }

    private static boolean isBareError(int id, byte[] octets) {
        if (octets.length != Cursor.HEADER_OCTETS) {
            return false;
        }
        var header = new Header((octets[0] & 0xff) << 8 | octets[1] & 0xff, (octets[2] & 0xff) << 8 | octets[3] & 0xff);
        return header.id() == id
                && header.has(Header.QR)
                && header.opcode() == Header.OPCODE_QUERY
                && header.rcodeLow() != Rcode.NOERROR.code();
    }

    /// Header and question alone.
    private static Matched bare(Query query, byte[] octets) {
        var question = query.questionOctets();
        var reply = Arrays.copyOf(octets, Cursor.HEADER_OCTETS + question.length);
        Arrays.fill(reply, 4, Cursor.HEADER_OCTETS, (byte) 0);
        reply[5] = 1;
        System.arraycopy(question, 0, reply, Cursor.HEADER_OCTETS, question.length);
        return new Matched(
                reply, new Rcode(UpstreamReply.rcodeLow(octets, 0)), 0, UpstreamReply.isTruncated(octets, 0));
    }
}
