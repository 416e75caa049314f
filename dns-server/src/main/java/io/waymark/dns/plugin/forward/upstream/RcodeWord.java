package io.waymark.dns.plugin.forward.upstream;

import io.waymark.records.message.Rcode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Response codes by the words that CoreDNS has for them in Corefiles and metrics. They are the
/// registry's but for 16, which it calls by its name of TSIG.
public final class RcodeWord {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
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
            Map.entry(16, "BADSIG"),
            Map.entry(17, "BADKEY"),
            Map.entry(18, "BADTIME"),
            Map.entry(19, "BADMODE"),
            Map.entry(20, "BADNAME"),
            Map.entry(21, "BADALG"),
            Map.entry(22, "BADTRUNC"),
            Map.entry(23, "BADCOOKIE"));

    private RcodeWord() {}

    /// The word, or the number of a code without one.
    public static String of(Rcode rcode) {
        return WORDS.getOrDefault(rcode.code(), Integer.toString(rcode.code()));
    }

    /// Reads a word in either case; NOTIMPL is one for NOTIMP.
    public static Optional<Rcode> read(String word) {
        var upper = word.toUpperCase(Locale.ROOT);
        var codes = new HashMap<String, Integer>();
        WORDS.forEach((code, name) -> codes.put(name, code));
        codes.put("NOTIMPL", Rcode.NOTIMP.code());
        return Optional.ofNullable(codes.get(upper)).map(Rcode::new);
    }

    /// All words, for messages, in the order of their codes.
    public static List<String> all() {
        return WORDS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
