package io.waymark.source.kubernetes;

import io.waymark.source.SourceObserver;
import io.waymark.source.kubernetes.pace.Timing;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What the world gives to a source besides its server: patience, time, chance and ears.
record Surroundings(
        Timing timing, InstantSource clock, RandomGenerator random, SourceLog log, SourceObserver observer) {
    Surroundings(Timing timing, InstantSource clock, RandomGenerator random, SourceLog log) {
        this(timing, clock, random, log, SourceObserver.NONE);
    }

    static Surroundings ofProcess(SourceObserver observer) {
        return new Surroundings(
                Timing.DEFAULT, InstantSource.system(), RandomGenerator.getDefault(), SourceLog.slf4j(), observer);
    }
}
