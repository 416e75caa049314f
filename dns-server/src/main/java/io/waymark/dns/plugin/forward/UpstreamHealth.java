package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.ForwardOptions.Health;
import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What is known of one upstream's health. A question that fails has it checked, at once and then
/// at intervals, until a check is answered, whatever the answer says; only checks that fail make it
/// count as down. Any thread.
final class UpstreamHealth {
    private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(1));
    /// However short the interval is written.
    private static final Duration INTERVAL_MIN = Duration.ofMillis(10);

    private final Destination destination;
    private final Health health;
    private final Way way;
    private final Query check;
    private final Later later;
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean ended;

    /// Has a task run after a delay.
    @FunctionalInterface
    interface Later {
        void run(Duration delay, Runnable task);
    }

    UpstreamHealth(Destination destination, Health health, Way way, Later later) {
        this.destination = destination;
        this.health = health;
        this.way = way;
        this.later = later;
        this.check = Query.of(
                new Question(health.domain(), RecordType.NS, ResourceRecord.CLASS_IN),
                health.recursion() ? Header.RD : 0);
    }

    boolean down() {
        return health.failsMax() > 0 && fails.get() > health.failsMax();
    }

    void questionFailed() {
        if (health.failsMax() > 0 && checking.compareAndSet(false, true)) {
            check();
        }
    }

    private void check() {
        if (ended) {
            return;
        }
        var _ = destination.upstream().ask(check, way, PATIENCE).whenComplete((reply, failure) -> {
            if (failure == null) {
                fails.set(0);
                checking.set(false);
            } else {
                destination.metrics().probeFailed();
                fails.incrementAndGet();
                var interval = health.interval().compareTo(INTERVAL_MIN) < 0 ? INTERVAL_MIN : health.interval();
                later.run(interval, this::check);
            }
        });
    }

    /// No further checks.
    void end() {
        ended = true;
    }
}
