package io.waymark.testzones.bench;

/// What is measured of a DNS server. A figure is better if it is higher or lower, and some have a
/// goal for the ratio of Waymark's to the peer's.
enum Figure implements Row {
    READY_MS("start to /ready 200, ms", "%.0f", Goal.atMost(2)),
    RSS_SYNCED_MB("resident memory synced, MB", "%.0f", Goal.atMost(0.8)),
    RSS_LOADED_MB("resident memory under load, MB", "%.0f", Goal.atMost(0.8)),
    RSS_RELISTED_MB("resident memory after the API server's restart, MB", "%.0f", Goal.atMost(0.8)),
    A_QPS("cluster A over UDP, queries/s", "%.0f", Goal.atLeast(2)),
    A_CPU_US("  server CPU per query, us", "%.1f", Goal.NONE),
    MIX_QPS("search path mix over UDP, queries/s", "%.0f", Goal.atLeast(2)),
    MIX_CPU_US("  server CPU per query, us", "%.1f", Goal.NONE),
    TCP_QPS("cluster A over TCP, queries/s", "%.0f", Goal.NONE),
    TCP_CPU_US("  server CPU per query, us", "%.1f", Goal.NONE),
    CACHED_QPS("cached foreign names over UDP, queries/s", "%.0f", Goal.NONE),
    CACHED_CPU_US("  server CPU per query, us", "%.1f", Goal.NONE),
    UNCACHED_QPS("uncached foreign names over UDP, queries/s", "%.0f", Goal.NONE),
    UNCACHED_CPU_US("  server CPU per query, us", "%.1f", Goal.NONE),
    RATE_MEAN_US("at 20,000 queries/s: mean latency, us", "%.0f", Goal.NONE),
    RATE_STDDEV_US("  standard deviation, us", "%.0f", Goal.NONE),
    CREATED_P50_MS("Service created to answered: p50, ms", "%.2f", Goal.NONE),
    CREATED_P99_MS("  p99, ms", "%.2f", Goal.NONE);

    private final String title;
    private final String format;
    private final Goal goal;

    Figure(String title, String format, Goal goal) {
        this.title = title;
        this.format = format;
        this.goal = goal;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String text(double value) {
        return String.format(format, value);
    }

    @Override
    public Goal goal() {
        return goal;
    }
}
