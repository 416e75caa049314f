package io.waymark.dns.kubedns;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// How often a value of the ConfigMap could not be understood, by its key: it is counted once for each change of the
/// ConfigMap. Any thread.
public final class BrokenValues {
    private final Map<String, LongAdder> byKey = new ConcurrentSkipListMap<>();

    public void count(List<String> keys) {
        keys.forEach(key -> byKey.computeIfAbsent(key, first -> new LongAdder()).increment());
    }

    /// Has it scraped.
    public void register(Metrics metrics) {
        metrics.collect(
                MetricKind.COUNTER,
                "waymark_kube_dns_config_broken_total",
                "Values of the ConfigMap kube-dns that could not be understood; the value before counts on.",
                List.of("key"),
                this::readings);
    }

    private List<Reading> readings() {
        var readings = new ArrayList<Reading>();
        byKey.forEach((key, count) -> readings.add(new Reading.Value(List.of(key), count.sum())));
        return readings;
    }
}
