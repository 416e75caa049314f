package io.waymark.dns.plugin.prometheus;

import java.math.BigDecimal;

/// Numbers as Go writes them with the fewest digits, and so as CoreDNS' scrapes have them. The bounds of
/// buckets are values of labels: `le="0.00025"` must not become `le="2.5E-4"`, or a rule that names one
/// finds nothing.
final class NumberText {
    /// From here on, and below the reciprocal of [#SMALL], Go uses an exponent.
    private static final int LARGE_DIGITS = 21;

    private static final int SMALL = 4;

    private NumberText() {}

    /// `1.5`, `16000`, `0.00025`, `1e+21`, `+Inf`, `NaN`.
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return "0";
        }
        // The shortest digits that read as the same number, which Double.toString finds too.
        var shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent < -SMALL || exponent >= LARGE_DIGITS
                ? scientific(shortest, exponent)
                : shortest.toPlainString();
    }

    private static String scientific(BigDecimal shortest, int exponent) {
        var digits = shortest.unscaledValue().abs().toString();
        var fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (shortest.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /// The same as OpenMetrics wants bounds: a whole number has `.0`.
    static String canonical(double value) {
        var text = of(value);
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-') ? text + ".0" : text;
    }
}
