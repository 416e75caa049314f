package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The OPT record of a reply that is passed on. It is of one hop (RFC 6891 §6.1): the client has one
/// if its query had one, upstream's word or not, and the size in it is the client's, as in replies
/// of our own.
final class RelayedEdns {
    private static final int ARCOUNT_AT = 10;
    private static final int NONE = 0;
    private static final int UNREADABLE = -1;

    private RelayedEdns() {}

    /// The reply with such a record, changed in place or one record longer. As it came if the query
    /// had no EDNS, if there is no room for the record, or if the octets cannot be read.
    static byte[] of(Query query, byte[] reply, int limit) {
        var asked = query.ednsOrNull();
        if (asked == null) {
            return reply;
        }
        int at = udpSizeAt(query, reply);
        if (at > NONE) {
            reply[at] = (byte) (asked.udpSize() >>> 8);
            reply[at + 1] = (byte) asked.udpSize();
            return reply;
        }
        if (at == UNREADABLE || reply.length + Opt.FIXED_OCTETS > limit) {
            return reply;
        }
        return appended(asked, reply);
    }

    /// What a reply that is composed anew has.
    static Optional<Edns> of(Query query, Optional<Edns> upstreams) {
        return query.edns()
                .map(asked -> new Edns(
                        asked.udpSize(),
                        0,
                        asked.dnssecOk(),
                        upstreams.map(Edns::options).orElse(List.of())));
    }

    private static byte[] appended(Edns asked, byte[] reply) {
        var longer = Arrays.copyOf(reply, reply.length + Opt.FIXED_OCTETS);
        int at = reply.length + 1; // behind the root, its owner
        longer[at + 1] = (byte) RecordType.OPT.code();
        longer[at + 2] = (byte) (asked.udpSize() >>> 8);
        longer[at + 3] = (byte) asked.udpSize();
        longer[at + 6] = (byte) (asked.dnssecOk() ? 0x80 : 0);
        int additionals = ((longer[ARCOUNT_AT] & 0xff) << 8 | longer[ARCOUNT_AT + 1] & 0xff) + 1;
        longer[ARCOUNT_AT] = (byte) (additionals >>> 8);
        longer[ARCOUNT_AT + 1] = (byte) additionals;
        return longer;
    }

    /// Where the record has its size, or [#NONE] or [#UNREADABLE].
    private static int udpSizeAt(Query query, byte[] reply) {
        var in = new Cursor(reply, 0, reply.length);
        in.skip(6);
        int records = in.u16() + in.u16() + in.u16();
        in.skip(query.questionOctets().length);
        int found = NONE;
        for (int i = 0; i < records && !in.failed(); i++) {
            in.skipName();
            int type = in.u16();
            found = type == RecordType.OPT.code() ? in.at() : found;
            in.skip(6);
            in.skip(in.u16());
        }
        return in.failed() || in.remaining() > 0 ? UNREADABLE : found;
    }
}
