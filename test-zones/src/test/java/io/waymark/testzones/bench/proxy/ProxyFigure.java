package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.bench.Goal;
import io.waymark.testzones.bench.Row;

/// What is measured of a data path, with the goals of nftables mode.
enum ProxyFigure implements Row {
    COLD_MS("start to rules in force, ms", "%.0f", Goal.atMost(0.05)),
    JVM_MS("  of it the JVM's and the command line's own start (./waymark --version), ms", "%.0f", Goal.NONE),
    BEYOND_MS("  beyond that, ms", "%.0f", Goal.within(500)),
    COLD_CPU_MS("  CPU until then, that of its programs too, ms", "%.0f", Goal.NONE),
    SERVICE_P50_MS("Service created, API reply to first connect: p50, ms", "%.1f", Goal.within(5)),
    SERVICE_P99_MS("  p99, ms", "%.1f", Goal.NONE),
    ENDPOINT_P50_MS(
            "endpoint added to a Service of 1,000, API reply to first connect: p50, ms", "%.1f", Goal.within(10)),
    ENDPOINT_P99_MS("  p99, ms", "%.1f", Goal.NONE),
    RSS_MB("resident memory synced, MB", "%.0f", Goal.within(120)),
    PSS_MB("  proportional (PSS), MB", "%.0f", Goal.NONE),
    RSS_CHANGED_MB("resident memory after the changes, MB", "%.0f", Goal.within(120)),
    FEW_COLD_MS("with few Services: start to rules in force, ms", "%.0f", Goal.NONE),
    FEW_P50_US("with few Services: connect() through one, p50, us", "%.1f", Goal.NONE),
    FEW_P99_US("  p99, us", "%.1f", Goal.NONE),
    MANY_COLD_MS("with most Services: start to rules in force, ms", "%.0f", Goal.NONE),
    MANY_P50_US("with most Services: connect() through any, p50, us", "%.1f", Goal.NONE),
    MANY_P99_US("  p99, us", "%.1f", Goal.NONE),
    MORE_P99_US("  p99 more than with few, us", "%.1f", Goal.within(20));

    static final FirstPackets WITH_FEW = new FirstPackets(FEW_COLD_MS, FEW_P50_US, FEW_P99_US);
    static final FirstPackets WITH_MOST = new FirstPackets(MANY_COLD_MS, MANY_P50_US, MANY_P99_US);

    private final String title;
    private final String format;
    private final Goal goal;

    ProxyFigure(String title, String format, Goal goal) {
        this.title = title;
        this.format = format;
        this.goal = goal;
    }

    /// The rows of one measurement of first packets.
    record FirstPackets(ProxyFigure cold, ProxyFigure p50, ProxyFigure p99) {}

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
