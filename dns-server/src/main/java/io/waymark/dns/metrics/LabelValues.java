package io.waymark.dns.metrics;

import java.util.List;

/// The labels' values of one metric of a family.
final class LabelValues {
    private LabelValues() {}

    static List<String> of(MetricFamily family, String... values) {
        if (values.length != family.labels().size()) {
            throw new IllegalArgumentException(
                    family.name() + " has the labels " + family.labels() + ", not " + List.of(values));
        }
        return List.of(values);
    }
}
