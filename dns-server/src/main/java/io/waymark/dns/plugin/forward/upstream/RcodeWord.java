package io.waymark.dns.plugin.forward.upstream;

import io.waymark.records.message.Rcode;
import java.util.List;
import java.util.Optional;

/// Response codes by the words that CoreDNS has for them in Corefiles and metrics. They are the
/// registry's but for 16, which it calls by its name of TSIG.
public final class RcodeWord {
    private static final List<Rcode> REGISTERED = Rcode.registered();

    private RcodeWord() {}

    /// The word, or the number of a code without one.
    public static String of(Rcode rcode) {
        if (rcode.equals(Rcode.BADVERS)) {
            return "BADSIG";
        }
        return REGISTERED.contains(rcode) ? rcode.toString() : Integer.toString(rcode.code());
    }

    /// Reads a word in either case; NOTIMPL is one for NOTIMP.
    public static Optional<Rcode> read(String word) {
        return word.equalsIgnoreCase("NOTIMPL")
                ? Optional.of(Rcode.NOTIMP)
                : REGISTERED.stream()
                        .filter(rcode -> of(rcode).equalsIgnoreCase(word))
                        .findFirst();
    }

    /// All words, for messages, in the order of their codes.
    public static List<String> all() {
        return REGISTERED.stream().map(RcodeWord::of).toList();
    }
}
