package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.metrics.HistogramFamily;
import java.util.Arrays;

/// The buckets of a histogram of whole numbers that are kept in a row of longs: a count for each bound,
/// one for what is above all, and the sum.
/// @param bounds   upper bounds, inclusive, rising
/// @param decimals the same as a scrape shows them
/// @param unit     what one is, as a scrape shows it
record Buckets(long[] bounds, double[] decimals, double unit) {
    /// Of durations in nanoseconds: 0.25 ms to 8.192 s.
    static final Buckets DURATION = durations(HistogramFamily.exponential(0.00025, 2, 16));
    /// Of messages in octets.
    static final Buckets SIZE =
            sizes(0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16_000, 32_000, 48_000, 64_000);

    private static Buckets durations(double... seconds) {
        var nanos = new long[seconds.length];
        Arrays.setAll(nanos, i -> Math.round(seconds[i] * 1e9));
        return new Buckets(nanos, seconds, 1e-9);
    }

    private static Buckets sizes(long... octets) {
        var decimals = new double[octets.length];
        Arrays.setAll(decimals, i -> octets[i]);
        return new Buckets(octets, decimals, 1);
    }

    /// How many longs a histogram takes.
    int width() {
        return bounds.length + 2;
    }

    /// Where the sum is.
    int sum() {
        return bounds.length + 1;
    }

    /// The bucket of a value. From the smallest on, where nearly all are.
    int of(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }
}
