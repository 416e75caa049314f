package io.waymark.dns.corefile.stage;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values as a Corefile writes them.
public final class Words {
    private Words() {}

    public static String join(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    public static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /// A number without a fraction that says nothing.
    public static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// `1 address`, `3 addresses`
    public static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
