package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the rules have become and the kernel does not hold yet. Any thread may put, one takes.
/// Changes that wait together become one: what changed and changed back is no work.
final class Pending {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private final Map<IpFamily, RuleChanges> changes = new EnumMap<>(IpFamily.class);
    private List<RuleSet> first = List.of();
    /// Of the oldest change that waits, on the clock of `System.nanoTime`.
    private long sinceNanos;

    /// All rules at the first sync: what is taken before any change.
    void begin(Collection<RuleSet> rules) {
        lock.lock();
        try {
            first = List.copyOf(rules);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    void add(RuleChanges change, long nowNanos) {
        if (change.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            if (changes.isEmpty()) {
                sinceNanos = nowNanos;
            }
            changes.merge(change.nodeAfter().family(), change, RuleChanges::then);
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the rules of the first sync, and lets go of them: they are as large as the cluster.
    List<RuleSet> awaitBegin() throws InterruptedException {
        lock.lock();
        try {
            while (first.isEmpty()) {
                something.await();
            }
            var taken = first;
            first = List.of();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for changes, not longer than that; none if none came. They are no longer pending.
    /// @param rest how long changes that add something stay pending all the same
    Taken take(Duration max, Duration rest) throws InterruptedException {
        lock.lock();
        try {
            long began = System.nanoTime();
            while (true) {
                long waited = System.nanoTime() - began;
                long left = max.toNanos() - waited;
                var ready = waited >= rest.toNanos() ? Map.copyOf(changes) : removals();
                if (!ready.isEmpty() || left <= 0) {
                    ready.forEach(this::taken);
                    return new Taken(
                            ready.values().stream()
                                    .filter(change -> !change.isEmpty())
                                    .toList(),
                            sinceNanos);
                }
                something.awaitNanos(changes.isEmpty() ? left : Math.min(left, rest.toNanos() - waited));
            }
        } finally {
            lock.unlock();
        }
    }

    private void taken(IpFamily family, RuleChanges made) {
        var all = changes.remove(family);
        if (all != null && !all.equals(made) && !all.less(made).isEmpty()) {
            changes.put(family, all.less(made));
        }
    }

    private Map<IpFamily, RuleChanges> removals() {
        var removals = new EnumMap<IpFamily, RuleChanges>(IpFamily.class);
        changes.forEach((family, all) -> {
            var some = all.removals();
            if (!some.isEmpty()) {
                removals.put(family, some);
            }
        });
        return removals;
    }

    /// How long the oldest change has waited; zero if none waits.
    Duration age(long nowNanos) {
        lock.lock();
        try {
            return changes.isEmpty() ? Duration.ZERO : Duration.ofNanos(nowNanos - sinceNanos);
        } finally {
            lock.unlock();
        }
    }

    /// @param changes    one a family at most
    /// @param sinceNanos since when the oldest of them waited
    record Taken(List<RuleChanges> changes, long sinceNanos) {}
}
