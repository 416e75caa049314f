package io.waymark.dns.plugin.cache;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.stream.Stream;

/// What a reply is, and for how long it may be kept: as for CoreDNS, with RFC 2308 §5 about the SOA's
/// MINIMUM. Pure.
///
/// | the reply | is | TTL |
/// |---|---|---|
/// | NOERROR that ends in what was asked for | [Kind#SUCCESS] | the least of all its records |
/// | NXDOMAIN or NODATA with a SOA | [Kind#DENIAL] | the same, and the SOA's MINIMUM |
/// | SERVFAIL or NOTIMP | [Kind#FAILURE] | `servfail` |
/// | NOERROR without records; a referral | [Kind#SUCCESS] | 5 |
/// | anything else: truncated, NXDOMAIN without SOA or behind an alias, an alias that leads nowhere, a signature out of
/// date, REFUSED, … | [Kind#PASSING] | 5, or the least, for this one time |
///
/// @param kind      whether it is kept, and in which part
/// @param answering whether a NOERROR has a record of what was asked for
/// @param whole      whether it is not truncated
/// @param conclusive whether it says what is true now: NOERROR or NXDOMAIN, whole (RFC 8767 §4)
/// @param ttl       that every record is served with, in seconds, within the bounds of its kind
record ReplyReading(Kind kind, boolean answering, boolean whole, boolean conclusive, int ttl) {
    /// For replies that say nothing about it.
    private static final int TTL_UNKNOWN = 5;

    private static final int SIGNATURE_EXPIRATION_AT = 8;

    /// What becomes of a reply.
    enum Kind {
        SUCCESS,
        DENIAL,
        FAILURE,
        /// It is passed on and not kept.
        PASSING
    }

    /// @param seconds since 1970, for the time of signatures
    static ReplyReading of(Message reply, CacheStage stage, long seconds) {
        boolean answering = AnswerPath.answers(reply);
        boolean whole = !reply.header().has(Header.TC);
        boolean good = whole && !hasSignatureOutOfDate(reply, seconds);
        var rcode = reply.rcode();
        boolean conclusive = good && (rcode.equals(Rcode.NOERROR) || rcode.equals(Rcode.NXDOMAIN));
        var is = kind(reply, answering);
        int ttl = ttl(reply, is, stage);
        boolean kept = good && ttl > 0 && isBounded(reply, is, answering);
        return new ReplyReading(kept ? is : Kind.PASSING, answering, whole, conclusive, ttl);
    }

    private static Kind kind(Message reply, boolean answering) {
        var rcode = reply.rcode();
        if (rcode.equals(Rcode.NOERROR)) {
            return has(reply.authority(), RecordType.SOA) && !answering ? Kind.DENIAL : Kind.SUCCESS;
        }
        if (rcode.equals(Rcode.NXDOMAIN)) {
            return reply.answer().isEmpty() ? Kind.DENIAL : Kind.PASSING;
        }
        return rcode.equals(Rcode.SERVFAIL) || rcode.equals(Rcode.NOTIMP) ? Kind.FAILURE : Kind.PASSING;
    }

    /// Whether it is known how long it is true.
    private static boolean isBounded(Message reply, Kind kind, boolean answering) {
        return switch (kind) {
            case DENIAL -> has(reply.authority(), RecordType.SOA);
            case SUCCESS -> answering || reply.answer().isEmpty();
            case FAILURE, PASSING -> true;
        };
    }

    private static int ttl(Message reply, Kind kind, CacheStage stage) {
        return switch (kind) {
            case SUCCESS -> {
                boolean referral = reply.answer().isEmpty() && has(reply.authority(), RecordType.NS);
                yield stage.success().clamp(referral ? TTL_UNKNOWN : leastTtl(reply));
            }
            case DENIAL -> stage.denial().clamp(Math.min(leastTtl(reply), leastMinimum(reply)));
            case FAILURE -> (int) stage.servfail().toSeconds();
            case PASSING -> stage.success().clamp(TTL_UNKNOWN);
        };
    }

    private static int leastMinimum(Message reply) {
        int least = Integer.MAX_VALUE;
        for (var record : reply.authority()) {
            if (record.data() instanceof RecordData.Soa soa) {
                least = (int) Math.min(least, Integer.toUnsignedLong(soa.minimum()));
            }
        }
        return least;
    }

    private static int leastTtl(Message reply) {
        return records(reply).mapToInt(ResourceRecord::ttl).min().orElse(TTL_UNKNOWN);
    }

    private static Stream<ResourceRecord> records(Message reply) {
        return Stream.of(reply.answer(), reply.authority(), reply.additional()).flatMap(List::stream);
    }

    private static boolean has(List<ResourceRecord> records, RecordType type) {
        return records.stream().anyMatch(record -> record.type().equals(type));
    }

    // Only who asked for signatures cares for them.
    // RFC 4034 §3.1.5: both times have 32 bits and are compared as serial numbers (RFC 1982).
    private static boolean hasSignatureOutOfDate(Message reply, long seconds) {
        return reply.edns().map(Edns::dnssecOk).orElse(false)
                && records(reply).anyMatch(record -> isOutOfDate(record.data(), (int) seconds));
    }

    private static boolean isOutOfDate(RecordData data, int seconds) {
        return data instanceof RecordData.Unknown(var type, var octets)
                && type.equals(RecordType.RRSIG)
                && octets.length >= SIGNATURE_EXPIRATION_AT + 8
                && (int32(octets, SIGNATURE_EXPIRATION_AT) - seconds < 0
                        || seconds - int32(octets, SIGNATURE_EXPIRATION_AT + 4) < 0);
    }

    private static int int32(byte[] octets, int at) {
        return (octets[at] & 0xff) << 24
                | (octets[at + 1] & 0xff) << 16
                | (octets[at + 2] & 0xff) << 8
                | octets[at + 3] & 0xff;
    }
}
