package io.waymark.dns.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// All that the process counts and measures, by the names that a scrape shows. Counting costs an
/// addition; how it is written down for a scrape is decided elsewhere, and costs nothing until then.
/// Any thread.
public final class Metrics {
    private final ConcurrentHashMap<String, MetricFamily> families = new ConcurrentHashMap<>();

    /// A family of counters. The same name gives the same family; another shape under it throws.
    /// @param name as scraped, with `_total`
    public CounterFamily counter(String name, String help, String... labels) {
        return family(name, CounterFamily.class, () -> new CounterFamily(name, help, List.of(labels)));
    }

    /// A family of histograms.
    /// @param bounds upper bounds of the buckets, inclusive, rising, without infinity
    public HistogramFamily histogram(String name, String help, double[] bounds, String... labels) {
        return family(name, HistogramFamily.class, () -> new HistogramFamily(name, help, bounds, List.of(labels)));
    }

    /// A family of values that are asked for when they are scraped.
    public GaugeFamily gauge(String name, String help, String... labels) {
        return family(name, GaugeFamily.class, () -> new GaugeFamily(name, help, List.of(labels)));
    }

    /// A family that somebody else keeps; he takes the place of who kept it before.
    /// @param collect asked at each scrape, on the scrape's thread
    public void collect(
            MetricKind kind, String name, String help, List<String> labels, Supplier<List<Reading>> collect) {
        families.put(name, new CollectedFamily(name, help, kind, List.copyOf(labels), collect));
    }

    /// One value without labels that somebody else keeps; see above.
    public void collect(MetricKind kind, String name, String help, DoubleSupplier value) {
        collect(kind, name, help, List.of(), () -> List.of(new Reading.Value(List.of(), value.getAsDouble())));
    }

    /// All families, in no order.
    public Collection<MetricFamily> families() {
        return new ArrayList<>(families.values());
    }

    private <F extends MetricFamily> F family(String name, Class<F> kind, Supplier<F> make) {
        var family = families.computeIfAbsent(name, first -> make.get());
        if (!kind.isInstance(family)) {
            throw new IllegalArgumentException(
                    name + " is already a " + family.getClass().getSimpleName());
        }
        return kind.cast(family);
    }
}
