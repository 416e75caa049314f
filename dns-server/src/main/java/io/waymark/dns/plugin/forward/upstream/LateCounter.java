package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.metrics.CounterFamily;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A counter that appears in a scrape with the first thing it counts, as CoreDNS' counters with
/// labels do. Any thread.
final class LateCounter {
    private final CounterFamily family;
    private final String[] labels;
    private volatile @Nullable LongAdder counter;

    LateCounter(CounterFamily family, String... labels) {
        this.family = family;
        this.labels = labels.clone();
    }

    void increment() {
        var known = counter;
        if (known == null) {
            known = family.with(labels);
            counter = known;
        }
        known.increment();
    }
}
