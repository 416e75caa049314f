package io.waymark.source.kubernetes;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a limit, and at random
/// between the half and the whole of that, lest all replicas come at once. Confined to one thread.
final class Backoff {
    private static final int DOUBLINGS_MAX = 20;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
    }

    /// How many attempts have failed since the last success.
    int failures() {
        return failures;
    }

    /// Counts a failure.
    Duration next() {
        long nanos = Math.min(max.toNanos(), first.toNanos() << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }

    void succeeded() {
        failures = 0;
    }
}
