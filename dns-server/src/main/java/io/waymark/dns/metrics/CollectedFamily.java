package io.waymark.dns.metrics;

import java.util.List;
import java.util.function.Supplier;

/// Metrics of one name that somebody else keeps, and is asked for at each scrape.
/// @param collect all there are now; asked on the scrape's thread, and may read files
public record CollectedFamily(
        String name, String help, MetricKind kind, List<String> labels, Supplier<List<Reading>> collect)
        implements MetricFamily {
    @Override
    public List<Reading> readings() {
        return collect.get();
    }
}
