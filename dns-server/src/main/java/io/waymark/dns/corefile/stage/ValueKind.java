package io.waymark.dns.corefile.stage;

import io.waymark.records.cluster.LabelSelector;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A kind of value an option takes: how it is read, and what to say to somebody who wrote another.
/// @param expected what is allowed, with its bounds and an example
/// @param words    the values, if there are few; empty otherwise
/// @param read     empty if the text is none
public record ValueKind<T>(String expected, List<String> words, Function<String, Optional<T>> read) {
    public static final ValueKind<String> TEXT =
            new ValueKind<>("a word", List.of(), text -> Optional.of(text).filter(word -> !word.isEmpty()));
    public static final ValueKind<ListenAddress> ADDRESS = new ValueKind<>(
            "ADDRESS:PORT or :PORT, such as :8080 or 127.0.0.1:8080 (host names are not looked up)",
            List.of(),
            ListenAddress::parse);
    public static final ValueKind<LabelSelector> SELECTOR =
            new ValueKind<>("a label selector, such as app=web,tier!=cache", List.of(), LabelSelector::parse);

    /// The path of a page.
    public static final ValueKind<String> PATH = new ValueKind<>(
            "a path such as /health",
            List.of(),
            text -> Optional.of(text).filter(path -> path.matches("/[A-Za-z0-9._~/-]*")));

    /// A time of at least 0.
    public static final ValueKind<Duration> TIME = new ValueKind<>(
            "a time of 0s or more with its unit (ns, us, ms, s, m, h), such as 5s or 1h30m",
            List.of(),
            text -> GoDuration.parse(text).filter(time -> !time.isNegative()));

    public static ValueKind<Integer> integer(int min, int max) {
        String bounds = max == Integer.MAX_VALUE ? min + " or more" : "from " + min + " to " + max;
        return new ValueKind<>(
                "a whole number " + bounds,
                List.of(),
                text -> parseInt(text).filter(value -> value >= min && value <= max));
    }

    public static ValueKind<Double> number(double min) {
        return new ValueKind<>(
                "a number of " + Words.number(min) + " or more",
                List.of(),
                text -> parseDouble(text).filter(value -> value >= min));
    }

    /// One of an enum's constants, in lower case with `separator` between its words.
    public static <E extends Enum<E>> ValueKind<E> oneOf(E[] values, char separator) {
        var words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', separator))
                .toList();
        return new ValueKind<>(
                "one of " + String.join(", ", words),
                words,
                text -> words.contains(text) ? Optional.of(values[words.indexOf(text)]) : Optional.empty());
    }

    private static Optional<Integer> parseInt(String text) {
        boolean digits = text.length() <= 10 && text.matches("[+-]?[0-9]+");
        return digits
                ? Optional.of(Long.parseLong(text))
                        .filter(value -> value == value.intValue())
                        .map(Long::intValue)
                : Optional.empty();
    }

    private static Optional<Double> parseDouble(String text) {
        boolean decimal = text.length() <= 20 && text.matches("[0-9]+(\\.[0-9]*)?");
        return decimal ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }
}
