package io.waymark.records.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A standard query that may be answered: one question, EDNS version 0 or none. Its class and type
/// are whatever was asked. Immutable, and apart from the octets it was parsed from.
public final class Query implements QueryParse {
    private final Header header;
    private final Question question;
    private final byte[] questionOctets;
    private final @Nullable Edns edns;
    private final @Nullable Integer serial;

    Query(Header header, Question question, byte[] questionOctets, @Nullable Edns edns, @Nullable Integer serial) {
        this.header = header;
        this.question = question;
        this.questionOctets = questionOctets;
        this.edns = edns;
        this.serial = serial;
    }

    /// Reads the query that fills `length` octets from `offset`, and says what to do with it:
    ///
    /// | octets | result |
    /// |---|---|
    /// | fewer than 12, or a response (QR) | [QueryParse.Ignore] |
    /// | an OPCODE other than QUERY | NOTIMP, the header alone |
    /// | not exactly one question (RFC 9619 §4; there are no server cookies to ask for) | FORMERR |
    /// | a question that is malformed or compressed; records that are; octets behind the last | FORMERR |
    /// | two OPT records, or one not owned by the root (RFC 6891 §6.1.1) | FORMERR |
    /// | a COOKIE option of a wrong length (RFC 7873 §5.2.2) | FORMERR |
    /// | EDNS version above 0 (RFC 6891 §6.1.3) | BADVERS |
    ///
    /// Total and bounded as [MessageParser] is; throws only if `octets` has no such range. Records
    /// other than OPT, TSIG among them, are passed over.
    public static QueryParse parse(byte[] octets, int offset, int length) {
        return QueryParser.parse(octets, offset, length);
    }

    /// A query of our own, with ID 0 and without EDNS.
    /// @param flags of RD, AD and CD
    public static Query of(Question question, int flags) {
        return new Query(new Header(0, flags), question, octets(question), null, null);
    }

    public int id() {
        return header.id();
    }

    /// As on the wire; see [Header].
    public int flags() {
        return header.flags();
    }

    public Header header() {
        return header;
    }

    public Question question() {
        return question;
    }

    /// The question section as it came, letters in the case they were sent: QNAME without
    /// compression, QTYPE, QCLASS. Not to be modified.
    public byte[] questionOctets() {
        return questionOctets;
    }

    public Optional<Edns> edns() {
        return Optional.ofNullable(edns);
    }

    @Nullable
    Edns ednsOrNull() {
        return edns;
    }

    /// Octets that a reply over UDP may have: at least 512, whatever the sender says (RFC 6891 §6.2.3).
    public int udpLimit() {
        return edns == null ? Message.UDP_OCTETS_MIN : Math.max(Message.UDP_OCTETS_MIN, edns.udpSize());
    }

    /// The serial of the zone that the sender of an IXFR has already: that of the SOA record in the
    /// authority section (RFC 1995 §3). Empty if it says none, or asks for another type.
    public Optional<Integer> serial() {
        return Optional.ofNullable(serial);
    }

    /// The same query for something else, its octets in the case of `other`'s name.
    public Query with(Question other) {
        return new Query(header, other, octets(other), edns, serial);
    }

    /// The same query with these of the header's bits RD, AD and CD.
    public Query withFlags(int flags) {
        return new Query(new Header(header.id(), flags), question, questionOctets, edns, serial);
    }

    /// The same query with this OPT record, or with none.
    public Query with(Optional<Edns> other) {
        return new Query(header, question, questionOctets, other.orElse(null), serial);
    }

    private static byte[] octets(Question question) {
        int length = question.name().length();
        var octets = new byte[length + 4];
        question.name().copyTo(octets, 0);
        octets[length] = (byte) (question.type().code() >>> 8);
        octets[length + 1] = (byte) question.type().code();
        octets[length + 2] = (byte) (question.recordClass() >>> 8);
        octets[length + 3] = (byte) question.recordClass();
        return octets;
    }

    @Override
    public String toString() {
        return "Query[" + question.name() + " " + question.type() + ", id " + id() + "]";
    }
}
