package io.waymark.proxy.reconcile;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the kernel hold the rules, and keeps it so: one thread that takes what is pending as soon as
/// it comes, looks ten times a second whether somebody else changed anything, and reads all back once
/// in a sync period. There is no pause between changes: those that come while the kernel is at work
/// become one.
///
/// Lifecycle: [#start], fed by one thread with [#begin] and [#add], [#close].
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    private final RuleApplier applier;
    private final Duration syncPeriod;
    private final ProxyMetrics metrics;
    private final List<RuleFollower> followers = new ArrayList<>();
    private final WaitingChanges waiting;
    private final Pending pending = new Pending();
    private final CountDownLatch programmed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("proxy-rules").unstarted(this::run);

    private volatile Optional<Node.Departure> departure = Optional.empty();
    private volatile String trouble = "the first list of the cluster's objects is not complete";
    private volatile long sinceNanos = System.nanoTime();

    /// @param syncPeriod how often all is read back
    public Reconciler(RuleApplier applier, Duration syncPeriod, ProxyMetrics metrics) {
        this.applier = applier;
        this.syncPeriod = syncPeriod;
        this.metrics = metrics;
        this.waiting = new WaitingChanges(metrics);
    }

    /// Tells this one too, after those before it, of what the kernel holds. Before [#start]; whoever made it
    /// closes it.
    public void follow(RuleFollower follower) {
        followers.add(follower);
    }

    public void start() {
        thread.start();
    }

    /// The rules at the first sync.
    void begin(Collection<RuleSet> rules) {
        rules.forEach(set -> metrics.queued(set.node().family()));
        pending.begin(rules);
    }

    /// A change after it.
    void add(RuleChanges change) {
        if (!change.isEmpty()) {
            metrics.queued(change.nodeAfter().family());
            pending.add(change, System.nanoTime());
        }
    }

    /// An object has changed.
    void saw(ClusterChange change) {
        if (change instanceof ClusterChange.OfSlice) {
            metrics.endpointsChanged();
        } else if (change instanceof ClusterChange.OfService) {
            metrics.serviceChanged();
        }
    }

    /// It changed rules: before these are given to [#add].
    void waits(ClusterChange change) {
        waiting.add(
                change instanceof ClusterChange.OfSlice
                        ? ProxyMetrics.Pending.ENDPOINTS
                        : ProxyMetrics.Pending.SERVICES);
    }

    /// The change of a slice that was added last was made so long ago.
    void made(IpFamily family, Duration ago) {
        waiting.made(family, ago);
    }

    /// What is known of the own Node; empty if it is gone.
    void node(Optional<Node.Departure> now) {
        departure = Optional.of(now.orElse(Node.Departure.BEING_DELETED));
    }

    /// Whether load balancers may send new connections here (KEP-3836). A Node that was never seen may.
    public boolean isEligible() {
        return departure.orElse(Node.Departure.STAYS) == Node.Departure.STAYS;
    }

    /// Whether what is queued reaches the kernel: nothing waits for longer than twice the sync period.
    public boolean isHealthy() {
        long now = System.nanoTime();
        var limit = syncPeriod.multipliedBy(2);
        boolean failing = !trouble.isEmpty() && programmed.getCount() == 0 && now - sinceNanos > limit.toNanos();
        return !failing && pending.age(now).compareTo(limit) <= 0;
    }

    /// What is wrong now, on one line; empty if the kernel holds the rules.
    public String trouble() {
        return trouble;
    }

    /// Waits until the kernel holds the first rules; false if that takes longer.
    public boolean awaitProgrammed(Duration max) throws InterruptedException {
        return programmed.await(max.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            begin();
            // What the first lists and the first load left behind is as much as everything else together, and
            // the heap would keep it until it is full again. Now nobody waits: the kernel has its rules.
            System.gc();
            long audited = System.nanoTime();
            while (true) {
                var taken = pending.take(LOOK, applier.rest());
                if (!taken.changes().isEmpty()) {
                    apply(taken);
                } else if (System.nanoTime() - audited > syncPeriod.toNanos()) {
                    attempt(() -> repaired(applier.audit()));
                    audited = System.nanoTime();
                } else {
                    attempt(() -> repaired(applier.verify()));
                }
            }
        } catch (InterruptedException closed) {
            applier.close();
        }
    }

    private void begin() throws InterruptedException {
        var rules = pending.awaitBegin();
        waiting.taken();
        followers.forEach(follower -> follower.begin(rules));
        long began = System.nanoTime();
        attempt(() -> applier.start(rules));
        var took = Duration.ofNanos(System.nanoTime() - began);
        held(rules.stream().map(set -> set.node().family()).toList(), took, ProxyMetrics.Sync.FULL);
        int services = rules.stream().mapToInt(set -> set.services().size()).sum();
        LOG.info("The kernel holds the rules of {} Service ports, after {} ms", services, took.toMillis());
        programmed.countDown();
    }

    private void apply(Pending.Taken taken) throws InterruptedException {
        waiting.taken();
        followers.forEach(follower -> follower.change(taken.changes()));
        long began = System.nanoTime();
        try {
            metrics.written(applier.apply(taken.changes()));
            recovered();
        } catch (ApplyException refused) {
            failed(refused);
            attempt(() -> repaired(applier.verify()));
        }
        long now = System.nanoTime();
        metrics.programmed(Duration.ofNanos(now - taken.sinceNanos()));
        var families = taken.changes().stream()
                .map(change -> change.nodeAfter().family())
                .toList();
        held(families, Duration.ofNanos(now - began), ProxyMetrics.Sync.PARTIAL);
    }

    private void held(List<IpFamily> families, Duration took, ProxyMetrics.Sync sync) {
        families.forEach(family -> metrics.synced(family, took, sync));
        waiting.held();
        followers.forEach(RuleFollower::held);
    }

    private void repaired(List<String> drifts) {
        for (var drift : drifts) {
            LOG.warn("Repaired: {}", drift);
        }
        metrics.repaired(drifts.size());
        if (!drifts.isEmpty()) {
            followers.forEach(RuleFollower::repaired);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws ApplyException;
    }

    /// Until it succeeds, with longer and longer pauses; each new failure is logged once.
    private void attempt(Work work) throws InterruptedException {
        var pause = RETRY_FIRST;
        while (true) {
            try {
                work.run();
                recovered();
                return;
            } catch (ApplyException refused) {
                failed(refused);
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? pause.multipliedBy(2) : RETRY_MAX;
            }
        }
    }

    private void failed(ApplyException refused) {
        metrics.failed();
        var now = String.valueOf(refused.getMessage());
        if (!now.equals(trouble)) {
            if (programmed.getCount() == 0 && trouble.isEmpty()) {
                sinceNanos = System.nanoTime();
            }
            trouble = now;
            LOG.error("{}; what is in the kernel stays, and it is tried again", now);
        }
    }

    private void recovered() {
        if (!trouble.isEmpty()) {
            if (programmed.getCount() == 0) {
                LOG.info("The kernel holds the rules again");
            }
            trouble = "";
        }
    }

    /// Ends the thread; the kernel stays as it is.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
