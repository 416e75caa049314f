package io.waymark.dns.metrics;

import java.util.List;

/// What one metric of a family says at the time of a scrape.
public sealed interface Reading {
    /// The labels' values, in the order of the family's labels.
    List<String> labels();

    /// Of a counter or a gauge.
    record Value(List<String> labels, double value) implements Reading {}

    /// Of a histogram, or, without bounds, of a summary.
    /// @param bounds upper bounds of the buckets, inclusive, rising, without infinity
    /// @param counts how many values each bucket alone has; one more than bounds, the last without bound
    /// @param sum    of all values
    record Distribution(List<String> labels, double[] bounds, long[] counts, double sum) implements Reading {}
}
