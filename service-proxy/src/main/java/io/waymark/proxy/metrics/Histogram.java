package io.waymark.proxy.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// Durations by buckets, as Prometheus has them: each bucket holds what is not above its bound.
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] buckets;
    private final DoubleAdder sum = new DoubleAdder();

    /// @param bounds ascending, in seconds
    Histogram(double[] bounds) {
        this.bounds = bounds.clone();
        this.buckets = new LongAdder[bounds.length + 1];
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    void observe(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        int at = Arrays.binarySearch(bounds, seconds);
        buckets[at >= 0 ? at : -at - 1].increment();
        sum.add(seconds);
    }

    void write(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append(".\n");
        text.append("# TYPE ").append(name).append(" histogram\n");
        long count = 0;
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            var bound = i < bounds.length ? number(bounds[i]) : "+Inf";
            text.append(name)
                    .append("_bucket{le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        text.append(name).append("_sum ").append(number(sum.sum())).append('\n');
        text.append(name).append("_count ").append(count).append('\n');
    }

    static String number(double value) {
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
