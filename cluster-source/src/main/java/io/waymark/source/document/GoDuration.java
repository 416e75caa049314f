package io.waymark.source.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as Go writes them, and so every Corefile and configuration: `5s`, `1h30m`, `500ms`, `1.5s`.
public final class GoDuration {
    private static final Pattern TERM =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{0,9})?|\\.[0-9]{1,9})(ns|us|µs|μs|ms|s|m|h)");

    private GoDuration() {}

    /// Reads a time, a sign in front included. Empty if the text is none: a number without a unit
    /// is none, except 0.
    public static Optional<Duration> parse(String text) {
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        double nanos = 0;
        Matcher term = TERM.matcher(unsigned);
        int at = 0;
        while (at < unsigned.length()) {
            term.region(at, unsigned.length());
            if (!term.lookingAt()) {
                return Optional.empty();
            }
            nanos += Double.parseDouble(term.group(1)) * unitNanos(term.group(2));
            at = term.end();
        }
        if (unsigned.isEmpty() || nanos > Long.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.round(negative ? -nanos : nanos)));
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "h" -> 3_600e9;
            case "m" -> 60e9;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "ns" -> 1;
            default -> 1e3;
        };
    }

    /// Writes the shortest text that reads as the same time: `90s` is `1m30s`, zero is `0s`.
    public static String write(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + write(duration.negated());
        }
        var text = new StringBuilder();
        term(text, duration.toHours(), "h");
        term(text, duration.toMinutesPart(), "m");
        term(text, duration.toSecondsPart(), "s");
        term(text, duration.toMillisPart(), "ms");
        term(text, duration.toNanosPart() / 1_000 % 1_000, "us");
        term(text, duration.toNanosPart() % 1_000, "ns");
        return text.toString();
    }

    /// As Go prints a time: all terms below the largest, `1h0m0s`; fractions of a second as one, `1.5s`;
    /// less than a second in one smaller unit, `1.5ms`.
    public static String print(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos < 0) {
            return "-" + print(duration.negated());
        }
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000_000_000) {
            return nanos < 1_000
                    ? nanos + "ns"
                    : nanos < 1_000_000 ? fraction(nanos, 3) + "µs" : fraction(nanos, 6) + "ms";
        }
        var hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
        var minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
        return hours + minutes + fraction(nanos % 60_000_000_000L, 9) + "s";
    }

    private static String fraction(long value, int digits) {
        return value == 0
                ? "0"
                : BigDecimal.valueOf(value, digits).stripTrailingZeros().toPlainString();
    }

    private static void term(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }
}
