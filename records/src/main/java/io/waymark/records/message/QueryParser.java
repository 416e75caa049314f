package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The reading of [Query#parse]: one walk over the octets that keeps the question and the OPT record.
final class QueryParser {
    private static final byte[] NO_QUESTION = new byte[0];
    private static final int COOKIE_CLIENT_OCTETS = 8;
    private static final int COOKIE_SERVER_OCTETS_MIN = 8;
    private static final int COOKIE_OCTETS_MAX = 40;

    private final byte[] octets;
    private final int offset;
    private final Cursor in;
    private @Nullable Edns edns;
    private @Nullable Integer serial;

    private QueryParser(byte[] octets, int offset, int length) {
        this.octets = octets;
        this.offset = offset;
        this.in = new Cursor(octets, offset, length);
    }

    static QueryParse parse(byte[] octets, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (length < Cursor.HEADER_OCTETS) {
            return new QueryParse.Ignore("shorter than a header");
        }
        return new QueryParser(octets, offset, length).query();
    }

    private QueryParse query() {
        var header = new Header(in.u16(), in.u16());
        if (header.has(Header.QR)) {
            return new QueryParse.Ignore("a response");
        }
        if (header.opcode() != Header.OPCODE_QUERY) {
            return refuse(header, Rcode.NOTIMP, NO_QUESTION);
        }
        int questions = in.u16();
        int answers = in.u16();
        int authorities = in.u16();
        int additionals = in.u16();
        if (questions != 1) {
            return refuse(header, Rcode.FORMERR, NO_QUESTION);
        }
        var question = question();
        if (in.failed()) {
            return refuse(header, Rcode.FORMERR, NO_QUESTION);
        }
        var questionOctets = Arrays.copyOfRange(octets, offset + Cursor.HEADER_OCTETS, offset + in.at());
        records(answers, Section.ANSWER);
        records(authorities, question.type().equals(RecordType.IXFR) ? Section.HELD : Section.AUTHORITY);
        records(additionals, Section.ADDITIONAL);
        if (in.failed() || in.remaining() > 0) {
            return refuse(header, Rcode.FORMERR, questionOctets);
        }
        if (edns != null && edns.version() != 0) {
            return refuse(header, Rcode.BADVERS, questionOctets);
        }
        return new Query(header, question, questionOctets, edns, serial);
    }

    private QueryParse refuse(Header header, Rcode rcode, byte[] question) {
        return new QueryParse.Refuse(header, rcode, question, Optional.ofNullable(edns));
    }

    /// No name stands before the QNAME that it could point to, so it has no pointer.
    private Question question() {
        int begin = in.at();
        in.skipLabels();
        int length = in.at() - begin;
        var name = in.failed() ? DomainName.ROOT : DomainName.ofWire(octets, offset + begin, length);
        return new Question(name, RecordType.of(in.u16()), in.u16());
    }

    /// Where records stand, as far as it matters.
    private enum Section {
        ANSWER,
        AUTHORITY,
        /// The authority section of an IXFR: its SOA says what the client has.
        HELD,
        ADDITIONAL
    }

    private void records(int count, Section section) {
        for (int i = 0; i < count && !in.failed(); i++) {
            int begin = in.at();
            in.skipName();
            boolean rootOwned = in.at() - begin == 1;
            int type = in.u16();
            if (type == RecordType.OPT.code()) {
                opt(rootOwned, section == Section.ADDITIONAL);
            } else if (type == RecordType.SOA.code() && section == Section.HELD) {
                soa();
            } else {
                in.skip(2 + 4);
                in.skip(in.u16());
            }
        }
    }

    /// Keeps the serial of the first; the names before it and the times behind it are of no interest.
    private void soa() {
        in.skip(2 + 4);
        int length = in.u16();
        int begin = in.at();
        in.skipName();
        in.skipName();
        int found = in.int32();
        in.skip(length - (in.at() - begin));
        if (!in.failed() && serial == null) {
            serial = found;
        }
    }

    /// Keeps the record even if it makes the query malformed, unless it is malformed itself.
    private void opt(boolean rootOwned, boolean additional) {
        if (edns != null || !additional) {
            in.fail(edns != null ? "a second OPT record" : "OPT record outside the additional section");
            return;
        }
        var opt = Opt.parse(in, rootOwned);
        if (in.failed()) {
            return;
        }
        edns = opt.edns();
        for (var option : opt.edns().options()) {
            if (option.code() == Edns.COOKIE && !isCookie(option.octets().length)) {
                in.fail("COOKIE option of a wrong length");
            }
        }
    }

    private static boolean isCookie(int octets) {
        return octets == COOKIE_CLIENT_OCTETS
                || (octets >= COOKIE_CLIENT_OCTETS + COOKIE_SERVER_OCTETS_MIN && octets <= COOKIE_OCTETS_MAX);
    }
}
