package io.waymark.dns.metrics;

/// What the numbers of a family mean; the words are those of the text format of Prometheus.
public enum MetricKind {
    /// Only grows; its name ends with `_total`.
    COUNTER("counter"),
    /// Rises and falls.
    GAUGE("gauge"),
    /// How often values fell into each bucket.
    HISTOGRAM("histogram"),
    /// How many values there were, and their sum.
    SUMMARY("summary");

    private final String text;

    MetricKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
