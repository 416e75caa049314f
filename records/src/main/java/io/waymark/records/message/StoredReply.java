package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.Optional;

/// A reply kept as octets, to be given to any number of clients that ask the same question: one copy
/// each, in which ID, question, flags and TTLs are written over; nothing is parsed. Immutable.
public final class StoredReply {
    private static final int FLAGS_OF_QUERY = Header.RD | Header.CD;
    private static final int RECORD_FIXED_OCTETS = 10;
    private static final int ARCOUNT_AT = 10;

    private final byte[] octets;
    /// Where the TTLs are; a message has at most 65535 octets.
    private final char[] ttlAt;

    private StoredReply(byte[] octets, char[] ttlAt) {
        this.octets = octets;
        this.ttlAt = ttlAt;
    }

    /// Keeps a reply with all it has, an OPT record too, whose TTL is none and stays. Empty if the octets
    /// are no message of one question.
    /// @param reply belongs to the stored reply from now on
    public static Optional<StoredReply> whole(byte[] reply) {
        var walk = new Walk(reply);
        return walk.readable ? Optional.of(new StoredReply(reply, walk.ttls())) : Optional.empty();
    }

    /// Keeps a reply without its OPT record, which is of one hop (RFC 6891 §6.2.6). Empty as above, or if
    /// its response code needs that record.
    /// @param reply belongs to the stored reply from now on
    public static Optional<StoredReply> withoutEdns(byte[] reply) {
        var walk = new Walk(reply);
        if (!walk.readable) {
            return Optional.empty();
        }
        if (walk.optAt == 0) {
            return Optional.of(new StoredReply(reply, walk.ttls()));
        }
        if (walk.rcodeExtended) {
            return Optional.empty();
        }
        // Names behind the record may point to others behind it, so only a last one can be cut off.
        return walk.optEnd == reply.length ? Optional.of(cut(reply, walk)) : recomposed(reply);
    }

    private static StoredReply cut(byte[] reply, Walk walk) {
        var shorter = Arrays.copyOf(reply, walk.optAt);
        int additionals = ((shorter[ARCOUNT_AT] & 0xff) << 8 | shorter[ARCOUNT_AT + 1] & 0xff) - 1;
        shorter[ARCOUNT_AT] = (byte) (additionals >>> 8);
        shorter[ARCOUNT_AT + 1] = (byte) additionals;
        return new StoredReply(shorter, walk.ttls());
    }

    private static Optional<StoredReply> recomposed(byte[] reply) {
        if (!(MessageParser.parse(reply, 0, reply.length) instanceof MessageParse.Parsed(var message, int end))) {
            return Optional.empty();
        }
        var bare = new Message(
                message.header(),
                message.rcode(),
                message.questions(),
                message.answer(),
                message.authority(),
                message.additional(),
                Optional.empty());
        return whole(MessageComposer.compose(bare, Message.OCTETS_MAX));
    }

    /// The reply to a query with the same question, letter case aside: its ID, its question, its RD and CD
    /// bits. AD stays only if the client asked for it (RFC 6840 §5.8).
    /// @param ttl of every record, in seconds, 0 or more
    /// @return the caller's own
    public byte[] reply(Query query, int ttl) {
        var reply = octets.clone();
        var question = query.questionOctets();
        System.arraycopy(question, 0, reply, Cursor.HEADER_OCTETS, question.length);
        for (int at : ttlAt) {
            reply[at] = (byte) (ttl >>> 24);
            reply[at + 1] = (byte) (ttl >>> 16);
            reply[at + 2] = (byte) (ttl >>> 8);
            reply[at + 3] = (byte) ttl;
        }
        int stored = (reply[2] & 0xff) << 8 | reply[3] & 0xff;
        int flags = stored & ~FLAGS_OF_QUERY | query.flags() & FLAGS_OF_QUERY;
        if (!asksForAd(query)) {
            flags &= ~Header.AD;
        }
        reply[0] = (byte) (query.id() >>> 8);
        reply[1] = (byte) query.id();
        reply[2] = (byte) (flags >>> 8);
        reply[3] = (byte) flags;
        return reply;
    }

    private static boolean asksForAd(Query query) {
        var edns = query.ednsOrNull();
        return query.header().has(Header.AD) || edns != null && edns.dnssecOk();
    }

    /// How long it is, with the table of its TTLs.
    public int weight() {
        return octets.length + 2 * ttlAt.length;
    }

    /// Goes over all records once and notes where their TTLs are, and the OPT record.
    private static final class Walk {
        private final boolean readable;
        private char[] found = new char[8];
        private int count;
        private int optAt;
        private int optEnd;
        private boolean rcodeExtended;

        Walk(byte[] reply) {
            var in = new Cursor(reply, 0, reply.length);
            in.skip(4);
            int questions = in.u16();
            int records = in.u16() + in.u16() + in.u16();
            in.skipLabels();
            in.skip(4);
            for (int i = 0; i < records && !in.failed(); i++) {
                record(in, reply);
            }
            readable = !in.failed() && questions == 1 && in.remaining() == 0 && reply.length <= Message.OCTETS_MAX;
        }

        private void record(Cursor in, byte[] reply) {
            int begin = in.at();
            in.skipName();
            int fixed = in.at();
            int type = in.u16();
            in.skip(RECORD_FIXED_OCTETS - 4);
            in.skip(in.u16());
            if (type == RecordType.OPT.code()) {
                optAt = begin;
                optEnd = in.at();
                rcodeExtended |= !in.failed() && reply[fixed + 4] != 0;
            } else {
                found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
                found[count++] = (char) (fixed + 4);
            }
        }

        char[] ttls() {
            return Arrays.copyOf(found, count);
        }
    }
}
