package io.waymark.records.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A response code: four bits of the header, twelve with EDNS (RFC 6895 §2.3).
public record Rcode(int code) {
    public static final Rcode NOERROR = new Rcode(0);
    public static final Rcode FORMERR = new Rcode(1);
    public static final Rcode SERVFAIL = new Rcode(2);
    public static final Rcode NXDOMAIN = new Rcode(3);
    public static final Rcode NOTIMP = new Rcode(4);
    public static final Rcode REFUSED = new Rcode(5);
    public static final Rcode NOTAUTH = new Rcode(9);
    public static final Rcode BADVERS = new Rcode(16);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "NOERROR"),
            Map.entry(1, "FORMERR"),
            Map.entry(2, "SERVFAIL"),
            Map.entry(3, "NXDOMAIN"),
            Map.entry(4, "NOTIMP"),
            Map.entry(5, "REFUSED"),
            Map.entry(6, "YXDOMAIN"),
            Map.entry(7, "YXRRSET"),
            Map.entry(8, "NXRRSET"),
            Map.entry(9, "NOTAUTH"),
            Map.entry(10, "NOTZONE"),
            Map.entry(11, "DSOTYPENI"),
            Map.entry(16, "BADVERS"),
            Map.entry(17, "BADKEY"),
            Map.entry(18, "BADTIME"),
            Map.entry(19, "BADMODE"),
            Map.entry(20, "BADNAME"),
            Map.entry(21, "BADALG"),
            Map.entry(22, "BADTRUNC"),
            Map.entry(23, "BADCOOKIE"));

    /// The codes that have a name, in their order.
    public static List<Rcode> registered() {
        return NAMES.keySet().stream().sorted().map(Rcode::new).toList();
    }

    /// Reads a name of the registry (RFC 6895 §2.3), in any case; `BADSIG` is another one of BADVERS.
    public static Optional<Rcode> parse(String text) {
        if (text.equalsIgnoreCase("BADSIG")) {
            return Optional.of(BADVERS);
        }
        return NAMES.entrySet().stream()
                .filter(known -> known.getValue().equalsIgnoreCase(text))
                .map(known -> new Rcode(known.getKey()))
                .findFirst();
    }

    /// Refuses what does not fit twelve bits.
    public Rcode {
        if (code < 0 || code > 0xfff) {
            throw new IllegalArgumentException("a response code has 12 bits, not " + code);
        }
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(code, "RCODE" + code);
    }
}
