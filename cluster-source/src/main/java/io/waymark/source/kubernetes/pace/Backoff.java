package io.waymark.source.kubernetes.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: twice as long each time, up to a limit, and at random
/// between the half and the whole of that, lest all replicas come at once. Confined to one thread.
public final class Backoff {
    private static final int DOUBLINGS_MAX = 20;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
    }

    /// How many attempts have failed since the last success.
    public int failures() {
        return failures;
    }

    /// Counts a failure.
    public Duration next() {
        long nanos = Math.min(max.toNanos(), first.toNanos() << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
    }

    public void succeeded() {
        failures = 0;
    }
}
