package io.waymark.source.kubernetes;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What the world gives to a source besides its server: patience, time, chance and ears.
record Surroundings(Timing timing, InstantSource clock, RandomGenerator random, SourceLog log) {
    static Surroundings ofProcess() {
        return new Surroundings(
                Timing.DEFAULT, InstantSource.system(), RandomGenerator.getDefault(), SourceLog.slf4j());
    }
}
