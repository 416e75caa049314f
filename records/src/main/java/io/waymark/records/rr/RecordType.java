package io.waymark.records.rr;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A TYPE or QTYPE of the IANA registry (RFC 6895 §3.1): 16 bits, known by name or not.
public record RecordType(int code) {
    public static final RecordType A = new RecordType(1);
    public static final RecordType NS = new RecordType(2);
    public static final RecordType CNAME = new RecordType(5);
    public static final RecordType SOA = new RecordType(6);
    public static final RecordType PTR = new RecordType(12);
    public static final RecordType HINFO = new RecordType(13);
    public static final RecordType MX = new RecordType(15);
    public static final RecordType TXT = new RecordType(16);
    public static final RecordType AAAA = new RecordType(28);
    public static final RecordType SRV = new RecordType(33);
    public static final RecordType NAPTR = new RecordType(35);
    public static final RecordType DNAME = new RecordType(39);
    public static final RecordType OPT = new RecordType(41);
    public static final RecordType DS = new RecordType(43);
    public static final RecordType RRSIG = new RecordType(46);
    public static final RecordType NSEC = new RecordType(47);
    public static final RecordType DNSKEY = new RecordType(48);
    public static final RecordType NSEC3 = new RecordType(50);
    public static final RecordType TLSA = new RecordType(52);
    public static final RecordType SVCB = new RecordType(64);
    public static final RecordType HTTPS = new RecordType(65);
    public static final RecordType TSIG = new RecordType(250);
    public static final RecordType IXFR = new RecordType(251);
    public static final RecordType AXFR = new RecordType(252);
    public static final RecordType ANY = new RecordType(255);
    public static final RecordType CAA = new RecordType(257);

    private static final Map<Integer, String> MNEMONICS = Map.ofEntries(
            Map.entry(1, "A"),
            Map.entry(2, "NS"),
            Map.entry(5, "CNAME"),
            Map.entry(6, "SOA"),
            Map.entry(12, "PTR"),
            Map.entry(13, "HINFO"),
            Map.entry(15, "MX"),
            Map.entry(16, "TXT"),
            Map.entry(28, "AAAA"),
            Map.entry(33, "SRV"),
            Map.entry(35, "NAPTR"),
            Map.entry(39, "DNAME"),
            Map.entry(41, "OPT"),
            Map.entry(43, "DS"),
            Map.entry(46, "RRSIG"),
            Map.entry(47, "NSEC"),
            Map.entry(48, "DNSKEY"),
            Map.entry(50, "NSEC3"),
            Map.entry(52, "TLSA"),
            Map.entry(64, "SVCB"),
            Map.entry(65, "HTTPS"),
            Map.entry(250, "TSIG"),
            Map.entry(251, "IXFR"),
            Map.entry(252, "AXFR"),
            Map.entry(255, "ANY"),
            Map.entry(257, "CAA"));
    private static final Map<String, RecordType> BY_MNEMONIC = byMnemonic();
    /// The codes up to the last one with a mnemonic, so that parsing a query allocates no type.
    private static final RecordType[] LOW = low();

    /// Refuses what does not fit 16 bits.
    public RecordType {
        if (code < 0 || code > 0xffff) {
            throw new IllegalArgumentException("a record type has 16 bits, not " + code);
        }
    }

    /// The type with this code, mostly a shared instance.
    public static RecordType of(int code) {
        return code >= 0 && code < LOW.length ? LOW[code] : new RecordType(code);
    }

    /// Reads a mnemonic in any case, or `TYPE123` (RFC 3597 §5); empty if it is neither.
    public static Optional<RecordType> parse(String text) {
        var known = BY_MNEMONIC.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        if (!text.regionMatches(true, 0, "TYPE", 0, 4) || text.length() < 5 || text.length() > 9) {
            return Optional.empty();
        }
        int code = 0;
        for (int i = 4; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            code = code * 10 + c - '0';
        }
        return code > 0xffff ? Optional.empty() : Optional.of(new RecordType(code));
    }

    private static Map<String, RecordType> byMnemonic() {
        var types = new TreeMap<String, RecordType>(String.CASE_INSENSITIVE_ORDER);
        MNEMONICS.forEach((code, mnemonic) -> types.put(mnemonic, new RecordType(code)));
        return types;
    }

    private static RecordType[] low() {
        var types = new RecordType[258];
        for (int code = 0; code < types.length; code++) {
            types[code] = new RecordType(code);
        }
        return types;
    }

    /// The mnemonic, or `TYPE123` for a type without one here (RFC 3597 §5).
    @Override
    public String toString() {
        var mnemonic = MNEMONICS.get(code);
        return mnemonic == null ? "TYPE" + code : mnemonic;
    }
}
