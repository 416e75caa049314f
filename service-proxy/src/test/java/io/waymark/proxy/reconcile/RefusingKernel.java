package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.records.address.IpFamily;
import io.waymark.records.gen.Gen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A kernel that refuses one piece of work in ten, and in which others take away what we made. As strict
/// as the real one: what is changed must be there as it was, and nothing comes before the start.
final class RefusingKernel implements RuleApplier {
    private final Gen gen;
    private final Map<IpFamily, SortedMap<ServicePortKey, ServiceRules>> desired = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, SortedMap<ServicePortKey, ServiceRules>> held = new EnumMap<>(IpFamily.class);
    private final List<String> broken = new ArrayList<>();
    private boolean closed;

    RefusingKernel(long seed) {
        gen = Gen.seeded(seed);
    }

    @Override
    public synchronized void start(Collection<RuleSet> rules) throws ApplyException {
        refuseSometimes("start");
        rules.forEach(set -> desired.put(set.node().family(), new TreeMap<>(set.services())));
        hold();
    }

    @Override
    public synchronized int apply(Collection<RuleChanges> changes) throws ApplyException {
        for (var change : changes) {
            var family = desired.get(change.nodeAfter().family());
            if (family == null) {
                broken.add("a change before the start");
                continue;
            }
            for (var delta : change.services()) {
                var there = family.get(delta.key());
                if (!delta.before().equals(Optional.ofNullable(there))) {
                    broken.add(delta.key() + " was not as the change says");
                }
                delta.after()
                        .ifPresentOrElse(after -> family.put(delta.key(), after), () -> family.remove(delta.key()));
            }
        }
        refuseSometimes("apply");
        if (!gen.oneIn(20)) {
            hold();
        }
        return changes.size();
    }

    @Override
    public synchronized List<String> verify() throws ApplyException {
        refuseSometimes("verify");
        boolean differs = !held.equals(desired);
        hold();
        return differs ? List.of("something differed") : List.of();
    }

    @Override
    public synchronized List<String> audit() throws ApplyException {
        return verify();
    }

    private void refuseSometimes(String work) throws ApplyException {
        if (gen.oneIn(10)) {
            throw new ApplyException(new IllegalStateException("no " + work + " today"));
        }
    }

    private void hold() {
        desired.forEach((family, rules) -> held.put(family, new TreeMap<>(rules)));
        notifyAll();
    }

    /// Waits until it holds exactly that; false if that takes longer.
    synchronized boolean awaitHolds(RuleSet rules, Duration max) throws InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        while (!rules.services().equals(held.get(rules.node().family()))) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /// What a caller did that no kernel allows.
    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
