package io.waymark.records.address;

import java.util.Optional;
import java.util.regex.Pattern;

/// Dotted-quad text: four decimal numbers up to 255 without leading zeros.
final class Ipv4Text {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){3}");

    private Ipv4Text() {}

    /// Reads the quad that begins at `from` and ends with the text; empty if there is none.
    static Optional<Integer> read(String text, int from) {
        int bits = 0;
        int at = from;
        for (int quad = 0; quad < 4; quad++) {
            if (quad > 0) {
                if (at >= text.length() || text.charAt(at) != '.') {
                    return Optional.empty();
                }
                at++;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || value > 255 || leadingZero) {
                return Optional.empty();
            }
            bits = bits << 8 | value;
        }
        return at == text.length() ? Optional.of(bits) : Optional.empty();
    }

    /// The text without the zeros that lead its numbers; as it is if it is no dotted quad.
    static String withoutLeadingZeros(String text) {
        return NUMBERS.matcher(text).matches() ? text.replaceAll("(^|\\.)0+(?=[0-9])", "$1") : text;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
