package io.waymark.dns.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// How often values fell into each bucket, and their sum. Any thread.
public final class Histogram {
    private final double[] bounds;
    private final LongAdder[] buckets;
    private final DoubleAdder sum = new DoubleAdder();

    /// One that belongs to no family; who has it collects it.
    /// @param bounds upper bounds, inclusive, rising, without infinity; not modified from now on
    public Histogram(double[] bounds) {
        this.bounds = bounds;
        this.buckets = new LongAdder[bounds.length + 1];
        Arrays.setAll(buckets, bucket -> new LongAdder());
    }

    public void observe(double value) {
        int bucket = Arrays.binarySearch(bounds, value);
        buckets[bucket < 0 ? -bucket - 1 : bucket].increment();
        sum.add(value);
    }

    /// Upper bounds, inclusive, without infinity; not to be modified.
    public double[] bounds() {
        return bounds;
    }

    /// How many values each bucket alone has; the last is the one without bound.
    public long[] counts() {
        return Arrays.stream(buckets).mapToLong(LongAdder::sum).toArray();
    }

    public double sum() {
        return sum.sum();
    }
}
