package io.waymark.dns.plugin.prometheus;

import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.List;

/// The types of queries that are counted by name; strangers cannot make more of them, all others are
/// one.
final class QueryTypes {
    static final String OTHER = "other";

    private static final List<RecordType> NAMED = List.of(
            RecordType.A,
            RecordType.AAAA,
            RecordType.SRV,
            RecordType.PTR,
            RecordType.CNAME,
            RecordType.DNSKEY,
            RecordType.DS,
            RecordType.MX,
            RecordType.NSEC3,
            RecordType.NSEC,
            RecordType.NS,
            RecordType.RRSIG,
            RecordType.SOA,
            RecordType.TXT,
            RecordType.HTTPS,
            RecordType.SVCB,
            RecordType.IXFR,
            RecordType.AXFR,
            RecordType.ANY);
    static final int COUNT = NAMED.size() + 1;
    /// By the type's code.
    private static final byte[] NUMBERS = numbers();

    private QueryTypes() {}

    /// 0 to [#COUNT] - 1.
    static int number(RecordType type) {
        return type.code() < NUMBERS.length ? NUMBERS[type.code()] : NAMED.size();
    }

    static String name(int number) {
        return number < NAMED.size() ? NAMED.get(number).toString() : OTHER;
    }

    private static byte[] numbers() {
        var numbers = new byte[RecordType.ANY.code() + 1];
        Arrays.fill(numbers, (byte) NAMED.size());
        for (int i = 0; i < NAMED.size(); i++) {
            numbers[NAMED.get(i).code()] = (byte) i;
        }
        return numbers;
    }
}
