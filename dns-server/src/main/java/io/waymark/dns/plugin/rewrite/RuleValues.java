package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The kinds of values in rules.
final class RuleValues {
    private static final int RCODE_MAX = 23;

    static final ValueKind<DomainName> NAME =
            new ValueKind<>("a domain name, such as web.example.org", List.of(), DomainName::parse);
    static final ValueKind<RecordType> TYPE =
            new ValueKind<>("a type of records, such as AAAA", List.of(), RecordType::parse);
    static final ValueKind<Integer> CLASS = words(Map.of("IN", 1, "CS", 2, "CH", 3, "HS", 4, "NONE", 254, "ANY", 255));
    static final ValueKind<ReplyChange.TtlBounds> TTL = new ValueKind<>(
            "seconds from 0 to 4294967295, or a range of them such as 30-300, 30- or -300", List.of(), RuleValues::ttl);
    static final ValueKind<Rcode> RCODE = new ValueKind<>(
            "a response code, such as NXDOMAIN, or its number from 0 to " + RCODE_MAX, List.of(), RuleValues::rcode);
    static final ValueKind<Integer> OPTION =
            new ValueKind<>("the code of an option from 0 to 65535, such as 0xffee", List.of(), RuleValues::code);
    static final ValueKind<byte[]> OCTETS =
            new ValueKind<>("a text, or octets in hexadecimal such as 0x0aff", List.of(), RuleValues::octets);
    static final ValueKind<OptionContent> VARIABLE = new ValueKind<>(
            "a variable: one of {qname}, {qtype}, {client_ip}, {client_port}, {protocol}, {server_ip}, {server_port},"
                    + " or a label of metadata such as {kubernetes/namespace}",
            Arrays.stream(OptionContent.Variable.values())
                    .map(RuleValues::braced)
                    .toList(),
            RuleValues::variable);

    private RuleValues() {}

    /// A word that is one of few.
    static <T> ValueKind<T> words(Map<String, T> values) {
        var words = values.keySet().stream().sorted().toList();
        return new ValueKind<>(
                "one of " + String.join(", ", words),
                words,
                text -> values.entrySet().stream()
                        .filter(value -> value.getKey().equalsIgnoreCase(text))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /// A label of metadata is two words or more with slashes between.
    static boolean isLabel(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1;
    }

    private static Optional<ReplyChange.TtlBounds> ttl(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return seconds(text).map(ttl -> new ReplyChange.TtlBounds(ttl, ttl));
        }
        if (text.length() == 1) {
            return Optional.empty();
        }
        var min = dash == 0 ? Optional.of(0) : seconds(text.substring(0, dash));
        var max = dash == text.length() - 1 ? Optional.of(Integer.MAX_VALUE) : seconds(text.substring(dash + 1));
        return min.isPresent() && max.isPresent() && min.get() <= max.get()
                ? Optional.of(new ReplyChange.TtlBounds(min.get(), max.get()))
                : Optional.empty();
    }

    // A TTL has 31 bits (RFC 2181 §8), but more may be written.
    private static Optional<Integer> seconds(String text) {
        return number(text, 10, 0xffff_ffffL).map(ttl -> (int) Math.min(Integer.MAX_VALUE, ttl));
    }

    private static Optional<Rcode> rcode(String text) {
        return number(text, 10, RCODE_MAX)
                .map(code -> new Rcode(code.intValue()))
                .or(() -> Rcode.parse(text));
    }

    private static Optional<Integer> code(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : lower.startsWith("0") ? 8 : 10;
        var digits = radix == 16 || radix == 2 ? lower.substring(2) : lower;
        return number(digits, radix, 0xffff).map(Long::intValue);
    }

    private static Optional<Long> number(String text, int radix, long max) {
        boolean digits = !text.isEmpty()
                && text.length() <= 16
                && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
        return digits ? Optional.of(Long.parseLong(text, radix)).filter(value -> value <= max) : Optional.empty();
    }

    private static Optional<byte[]> octets(String text) {
        if (!text.startsWith("0x")) {
            return Optional.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        var digits = text.substring(2);
        return digits.length() % 2 == 0 && digits.chars().allMatch(HexFormat::isHexDigit)
                ? Optional.of(HexFormat.of().parseHex(digits))
                : Optional.empty();
    }

    private static Optional<OptionContent> variable(String text) {
        for (var variable : OptionContent.Variable.values()) {
            if (braced(variable).equals(text)) {
                return Optional.of(variable);
            }
        }
        return Optional.of(text.substring(1, text.length() - 1))
                .filter(RuleValues::isLabel)
                .map(OptionContent.Metadata::new);
    }

    private static String braced(OptionContent.Variable variable) {
        return "{" + variable.name().toLowerCase(Locale.ROOT) + "}";
    }
}
