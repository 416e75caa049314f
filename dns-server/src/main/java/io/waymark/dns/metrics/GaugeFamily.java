package io.waymark.dns.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// Values of one name that rise and fall.
public record GaugeFamily(String name, String help, List<String> labels, Map<List<String>, DoubleSupplier> gauges)
        implements MetricFamily {
    GaugeFamily(String name, String help, List<String> labels) {
        this(name, help, labels, new ConcurrentHashMap<>());
    }

    /// From now on `value` is asked at each scrape, in place of who was asked before.
    /// @param values one for each label
    public void set(DoubleSupplier value, String... values) {
        gauges.put(LabelValues.of(this, values), value);
    }

    /// There is no such value any more.
    public void remove(String... values) {
        gauges.remove(LabelValues.of(this, values));
    }

    @Override
    public MetricKind kind() {
        return MetricKind.GAUGE;
    }

    @Override
    public List<Reading> readings() {
        return gauges.entrySet().stream()
                .<Reading>map(gauge ->
                        new Reading.Value(gauge.getKey(), gauge.getValue().getAsDouble()))
                .toList();
    }
}
