package io.waymark.proxy.metrics;

import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is counted, under kube-proxy's names and with its buckets, and what only we know. Any thread may
/// count and read.
public final class ProxyMetrics {
    private static final double[] SYNC_BUCKETS = doubling(0.001, 15);
    private static final double[] PROGRAMMING_BUCKETS = programming();

    private final InstantSource clock;
    private final Histogram all = new Histogram(SYNC_BUCKETS);
    private final Histogram full = new Histogram(SYNC_BUCKETS);
    private final Histogram partial = new Histogram(SYNC_BUCKETS);
    private final Histogram programming = new Histogram(PROGRAMMING_BUCKETS);
    private final LongAdder failures = new LongAdder();
    private final LongAdder repairs = new LongAdder();
    private final LongAdder elements = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final Histogram searches = new Histogram(SYNC_BUCKETS);
    private final LongAdder deletedFlows = new LongAdder();
    private final LongAdder healthPortFailures = new LongAdder();
    private volatile double lastQueued;
    private volatile double lastSynced;

    /// Whether all rules were made, or what had changed.
    public enum Sync {
        FULL,
        PARTIAL
    }

    public ProxyMetrics(InstantSource clock) {
        this.clock = clock;
    }

    private static double[] doubling(double first, int count) {
        return IntStream.range(0, count).mapToDouble(i -> first * (1 << i)).toArray();
    }

    private static double[] programming() {
        return Stream.of(
                        DoubleStream.of(0.25, 0.5),
                        IntStream.rangeClosed(1, 59).asDoubleStream(),
                        IntStream.range(0, 12).mapToDouble(i -> 60 + 5 * i),
                        IntStream.range(0, 7).mapToDouble(i -> 120 + 30 * i))
                .flatMapToDouble(bounds -> bounds)
                .toArray();
    }

    public void queued() {
        lastQueued = seconds();
    }

    public void changes(int services) {
        changes.add(services);
    }

    public void written(int count) {
        elements.add(count);
    }

    public void failed() {
        failures.increment();
    }

    public void repaired(int count) {
        repairs.add(count);
    }

    public void synced(Duration took, Sync sync) {
        all.observe(took);
        switch (sync) {
            case FULL -> full.observe(took);
            case PARTIAL -> partial.observe(took);
        }
        lastSynced = seconds();
    }

    public void programmed(Duration sinceEvent) {
        programming.observe(sinceEvent);
    }

    /// A search for stale UDP flows of one family.
    /// @param deleted how many were found and deleted
    public void flowsSearched(IpFamily family, Duration took, int deleted) {
        searches.observe(took);
        deletedFlows.add(deleted);
    }

    /// A health check node port could not be listened on.
    public void healthPortRefused() {
        healthPortFailures.increment();
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    /// When the kernel last took rules; 0 if never.
    public double lastSyncedSeconds() {
        return lastSynced;
    }

    /// A scrape, in the Prometheus text format.
    public String scrape() {
        var text = new StringBuilder();
        all.write(text, "kubeproxy_sync_proxy_rules_duration_seconds", "How long making rules took");
        full.write(text, "kubeproxy_sync_full_proxy_rules_duration_seconds", "How long making all rules took");
        partial.write(text, "kubeproxy_sync_partial_proxy_rules_duration_seconds", "How long changes took");
        programming.write(text, "kubeproxy_network_programming_duration_seconds", "From a change to the kernel");
        searches.write(text, "kubeproxy_conntrack_reconciler_sync_duration_seconds", "How long a search took");
        value(
                text,
                "counter",
                "kubeproxy_conntrack_reconciler_deleted_entries_total",
                "Stale UDP flows deleted",
                (double) deletedFlows.sum());
        value(
                text,
                "gauge",
                "kubeproxy_sync_proxy_rules_last_timestamp_seconds",
                "When rules were made last",
                lastSynced);
        value(
                text,
                "gauge",
                "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds",
                "When a change came last",
                lastQueued);
        value(
                text,
                "counter",
                "kubeproxy_sync_proxy_rules_nftables_sync_failures_total",
                "How often the kernel refused",
                (double) failures.sum());
        value(text, "counter", "waymark_proxy_service_changes_total", "Changes of Service ports", (double)
                changes.sum());
        value(text, "counter", "waymark_proxy_elements_written_total", "Entries of the kernel written", (double)
                elements.sum());
        value(
                text,
                "counter",
                "waymark_proxy_health_port_failures_total",
                "Attempts to listen on a health check node port that failed",
                (double) healthPortFailures.sum());
        value(text, "counter", "waymark_proxy_repairs_total", "Differences that others made, repaired", (double)
                repairs.sum());
        return text.toString();
    }

    private static void value(StringBuilder text, String type, String name, String help, double value) {
        text.append("# HELP ").append(name).append(' ').append(help).append(".\n# TYPE ");
        text.append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(Histogram.number(value)).append('\n');
    }
}
