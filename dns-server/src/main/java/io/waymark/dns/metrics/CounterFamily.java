package io.waymark.dns.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counters of one name; they only grow. Whoever counts often keeps the one counter he needs.
public record CounterFamily(String name, String help, List<String> labels, Map<List<String>, LongAdder> counters)
        implements MetricFamily {
    CounterFamily(String name, String help, List<String> labels) {
        this(name, help, labels, new ConcurrentHashMap<>());
    }

    /// The counter with these values, one for each label.
    public LongAdder with(String... values) {
        return counters.computeIfAbsent(LabelValues.of(this, values), first -> new LongAdder());
    }

    @Override
    public MetricKind kind() {
        return MetricKind.COUNTER;
    }

    @Override
    public List<Reading> readings() {
        return counters.entrySet().stream()
                .<Reading>map(counter ->
                        new Reading.Value(counter.getKey(), counter.getValue().sum()))
                .toList();
    }
}
