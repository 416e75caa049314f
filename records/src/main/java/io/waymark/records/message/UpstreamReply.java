package io.waymark.records.message;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// What an upstream replied, as octets: checked and passed on without parsing it whole.
public final class UpstreamReply {
    private UpstreamReply() {}

    /// Whether the octets are a reply to what [UpstreamQuery] made of `query` and `id`: QR set, same
    /// ID, OPCODE and question, letters compared without case (RFC 5452 §9.1). Anything else is to
    /// be dropped, and the right reply waited for. Reads no further than the question.
    public static boolean answers(Query query, int id, byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        var question = query.questionOctets();
        if (length < Cursor.HEADER_OCTETS + question.length) {
            return false;
        }
        var in = new Cursor(octets, offset, length);
        var header = new Header(in.u16(), in.u16());
        return header.id() == id
                && header.has(Header.QR)
                && header.opcode() == Header.OPCODE_QUERY
                && in.u16() == 1
                && isSameQuestion(question, octets, offset + Cursor.HEADER_OCTETS);
    }

    /// The TC bit of a reply that [#answers] held for: it is to be asked for again over TCP.
    public static boolean isTruncated(byte[] octets, int offset) {
        return (octets[offset + 2] << 8 & Header.TC) != 0;
    }

    /// The four bits of the header's RCODE, of a reply that [#answers] held for.
    public static int rcodeLow(byte[] octets, int offset) {
        return octets[offset + 3] & 0xf;
    }

    /// The reply for the client, from one that [#answers] held for: the client's ID, its question
    /// letter for letter, an OPT record as [RelayedEdns] says, all else as it came. More than `limit`
    /// octets, a 512 to 65535, are truncated as [MessageComposer] does; empty if that needs a parse
    /// and they are malformed.
    public static Optional<byte[]> relay(Query query, byte[] octets, int offset, int length, int limit) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (length <= limit) {
            var reply = addressed(query, Arrays.copyOfRange(octets, offset, offset + length));
            return Optional.of(RelayedEdns.of(query, reply, limit));
        }
        return switch (MessageParser.parse(octets, offset, length)) {
            case MessageParse.Parsed(var message, var end) ->
                Optional.of(addressed(query, MessageComposer.compose(withEdns(query, message), limit)));
            case Malformed malformed -> Optional.empty();
        };
    }

    private static Message withEdns(Query query, Message reply) {
        return new Message(
                reply.header(),
                reply.rcode(),
                reply.questions(),
                reply.answer(),
                reply.authority(),
                reply.additional(),
                RelayedEdns.of(query, reply.edns()));
    }

    private static byte[] addressed(Query query, byte[] reply) {
        reply[0] = (byte) (query.id() >>> 8);
        reply[1] = (byte) query.id();
        var question = query.questionOctets();
        System.arraycopy(question, 0, reply, Cursor.HEADER_OCTETS, question.length);
        return reply;
    }

    /// Lengths of labels are below `A`, so the QNAME's octets can be lowered alike; type and class
    /// behind it cannot.
    private static boolean isSameQuestion(byte[] question, byte[] octets, int at) {
        int nameEnd = question.length - 4;
        for (int i = 0; i < nameEnd; i++) {
            if (NameTable.lower(question[i]) != NameTable.lower(octets[at + i])) {
                return false;
            }
        }
        return Arrays.equals(question, nameEnd, question.length, octets, at + nameEnd, at + question.length);
    }
}
