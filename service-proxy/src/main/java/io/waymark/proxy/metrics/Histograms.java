package io.waymark.proxy.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Durations by buckets, as Prometheus has them: each bucket holds what is not above its bound.
final class Histograms extends Series {
    /// kube-proxy's for a sync: 1 ms to 16.384 s.
    static final double[] SYNC = doubling(0.001, 15);
    /// Ours: 0.1 ms to 13.1 s.
    static final double[] FINE = doubling(0.0001, 18);
    /// kube-proxy's for changes of endpoints, from where they were made: 0, and 0.25 s to 5 min.
    static final double[] PROGRAMMING = Stream.of(
                    DoubleStream.of(0, 0.25, 0.5),
                    IntStream.rangeClosed(1, 59).asDoubleStream(),
                    IntStream.range(0, 12).mapToDouble(i -> 60 + 5 * i),
                    IntStream.range(0, 7).mapToDouble(i -> 120 + 30 * i))
            .flatMapToDouble(bounds -> bounds)
            .toArray();
    /// client-go's for requests.
    static final double[] REQUEST = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60};

    private final double[] bounds;
    private final Map<String, Buckets> values = new ConcurrentSkipListMap<>();

    private static final class Buckets {
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();

        Buckets(int bounds) {
            counts = new LongAdder[bounds + 1];
            Arrays.setAll(counts, i -> new LongAdder());
        }
    }

    private static double[] doubling(double first, int count) {
        return IntStream.range(0, count).mapToDouble(i -> first * (1 << i)).toArray();
    }

    /// @param bounds ascending, in seconds
    Histograms(String name, String help, double[] bounds) {
        super(name, "histogram", help);
        this.bounds = bounds;
    }

    void observe(String labels, Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        int at = Arrays.binarySearch(bounds, seconds);
        var buckets = values.computeIfAbsent(labels, key -> new Buckets(bounds.length));
        buckets.counts[at >= 0 ? at : -at - 1].increment();
        buckets.sum.add(seconds);
    }

    @Override
    void writeSamples(StringBuilder text) {
        values.forEach((labels, buckets) -> write(text, labels, buckets));
    }

    private void write(StringBuilder text, String labels, Buckets buckets) {
        long count = 0;
        for (int i = 0; i < buckets.counts.length; i++) {
            count += buckets.counts[i].sum();
            var bound = i < bounds.length ? number(bounds[i]) : "+Inf";
            sample(text, name() + "_bucket", Labels.with(labels, "le", bound), (double) count);
        }
        sample(text, name() + "_sum", labels, buckets.sum.sum());
        sample(text, name() + "_count", labels, (double) count);
    }
}
