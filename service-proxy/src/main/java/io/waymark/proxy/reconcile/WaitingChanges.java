package io.waymark.proxy.reconcile;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many changes of objects wait for the kernel, and when those of endpoints were made: what the
/// metrics tell of them. One thread brings changes, another takes them.
final class WaitingChanges {
    /// Further ones are not measured.
    private static final int MADE_MAX = 10_000;

    private final ProxyMetrics metrics;
    private final Map<ProxyMetrics.Pending, Long> waiting = new EnumMap<>(ProxyMetrics.Pending.class);
    private final Map<ProxyMetrics.Pending, Long> underWay = new EnumMap<>(ProxyMetrics.Pending.class);
    private List<Made> madeWaiting = new ArrayList<>();
    private List<Made> madeUnderWay = new ArrayList<>();

    private record Made(IpFamily family, long atNanos) {}

    WaitingChanges(ProxyMetrics metrics) {
        this.metrics = metrics;
    }

    /// One more waits.
    synchronized void add(ProxyMetrics.Pending what) {
        waiting.merge(what, 1L, Long::sum);
        tell(what);
    }

    /// The change that was brought last was made so long ago.
    synchronized void made(IpFamily family, Duration ago) {
        var made = new Made(family, System.nanoTime() - ago.toNanos());
        if (!waiting.isEmpty()) {
            keep(madeWaiting, made);
        } else if (!underWay.isEmpty()) {
            keep(madeUnderWay, made);
        } else {
            observe(made);
        }
    }

    private static void keep(List<Made> list, Made made) {
        if (list.size() < MADE_MAX) {
            list.add(made);
        }
    }

    private void observe(Made made) {
        metrics.programmed(made.family, Duration.ofNanos(System.nanoTime() - made.atNanos));
    }

    /// The kernel is being told of those that wait.
    synchronized void taken() {
        waiting.forEach((what, count) -> underWay.merge(what, count, Long::sum));
        waiting.clear();
        madeUnderWay.addAll(madeWaiting);
        madeWaiting = new ArrayList<>();
    }

    /// The kernel holds those that were taken.
    synchronized void held() {
        underWay.clear();
        var made = madeUnderWay;
        madeUnderWay = new ArrayList<>();
        made.forEach(this::observe);
        for (var what : ProxyMetrics.Pending.values()) {
            tell(what);
        }
    }

    private void tell(ProxyMetrics.Pending what) {
        metrics.pending(what, waiting.getOrDefault(what, 0L) + underWay.getOrDefault(what, 0L));
    }
}
