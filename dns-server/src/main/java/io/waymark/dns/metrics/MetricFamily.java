package io.waymark.dns.metrics;

import java.util.List;

/// Metrics of one name that differ in their labels' values.
public sealed interface MetricFamily permits CounterFamily, GaugeFamily, HistogramFamily, CollectedFamily {
    String name();

    String help();

    /// The labels' names.
    List<String> labels();

    MetricKind kind();

    /// What they say now, in no order.
    List<Reading> readings();
}
