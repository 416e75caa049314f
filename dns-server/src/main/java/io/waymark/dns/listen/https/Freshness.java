package io.waymark.dns.listen.https;

import io.waymark.records.message.Malformed;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.stream.Stream;

/// How long an HTTP cache may keep a reply: the smallest TTL in it (RFC 8484 §5.1). Pure.
final class Freshness {
    /// Of a reply that says nothing for good: an error, a referral, nothing at all.
    static final int SECONDS_SHORT = 5;

    static final int SECONDS_MAX = 3_600;

    private Freshness() {}

    /// In seconds, 0 to an hour.
    static int seconds(byte[] reply) {
        return switch (MessageParser.parse(reply, 0, reply.length)) {
            case MessageParse.Parsed(var message, int questionEnd) -> seconds(message);
            case Malformed malformed -> SECONDS_SHORT;
        };
    }

    private static int seconds(Message message) {
        boolean answers = message.rcode().equals(Rcode.NOERROR)
                && (!message.answer().isEmpty() || !has(message.authority(), RecordType.NS));
        boolean denies = has(message.authority(), RecordType.SOA)
                && (message.rcode().equals(Rcode.NOERROR) || message.rcode().equals(Rcode.NXDOMAIN));
        var ttls = Stream.of(message.answer(), message.authority(), message.additional())
                .flatMap(List::stream)
                .mapToInt(ResourceRecord::ttl)
                .min();
        return answers || denies ? Math.min(ttls.orElse(SECONDS_SHORT), SECONDS_MAX) : SECONDS_SHORT;
    }

    private static boolean has(List<ResourceRecord> records, RecordType type) {
        return records.stream().anyMatch(record -> record.type().equals(type));
    }
}
