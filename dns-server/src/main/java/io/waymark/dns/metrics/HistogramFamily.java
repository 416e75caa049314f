package io.waymark.dns.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Histograms of one name with the same buckets.
public final class HistogramFamily implements MetricFamily {
    private final String name;
    private final String help;
    private final double[] bounds;
    private final List<String> labels;
    private final Map<List<String>, Histogram> histograms = new ConcurrentHashMap<>();

    HistogramFamily(String name, String help, double[] bounds, List<String> labels) {
        this.name = name;
        this.help = help;
        this.bounds = bounds.clone();
        this.labels = labels;
    }

    /// The bounds `first`, `first * factor`, …, `count` of them.
    public static double[] exponential(double first, double factor, int count) {
        var bounds = new double[count];
        double bound = first;
        for (int i = 0; i < count; i++) {
            bounds[i] = bound;
            bound *= factor;
        }
        return bounds;
    }

    /// The histogram with these values, one for each label.
    public Histogram with(String... values) {
        return histograms.computeIfAbsent(LabelValues.of(this, values), first -> new Histogram(bounds));
    }

    /// By the labels' values.
    public Map<List<String>, Histogram> histograms() {
        return histograms;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public MetricKind kind() {
        return MetricKind.HISTOGRAM;
    }

    @Override
    public List<Reading> readings() {
        return histograms.entrySet().stream()
                .<Reading>map(histogram -> new Reading.Distribution(
                        histogram.getKey(),
                        bounds,
                        histogram.getValue().counts(),
                        histogram.getValue().sum()))
                .toList();
    }
}
