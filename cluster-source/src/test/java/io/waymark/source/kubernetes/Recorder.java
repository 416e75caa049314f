package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// A listener that keeps its own copy of the state out of the changes alone, and notes every change
/// that does not follow from the one before.
final class Recorder implements ClusterListener {
    private final Map<Object, ClusterDelta> objects = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final CountDownLatch synced = new CountDownLatch(1);
    private final Predicate<ClusterDelta> isLegal;
    private int changes;
    private Thread caller;

    /// `isLegal` says whether an object may ever have been seen.
    Recorder(Predicate<ClusterDelta> isLegal) {
        this.isLegal = isLegal;
    }

    @Override
    public synchronized void changed(ClusterState state, ClusterChange change) {
        changes++;
        checkThread();
        switch (change) {
            case ClusterChange.OfService(var name, var before, var after) ->
                note(
                        "Service " + name,
                        before.map(ClusterDelta.PutService::new),
                        after.map(ClusterDelta.PutService::new));
            case ClusterChange.OfSlice(var name, var before, var after) ->
                note("Slice " + name, before.map(ClusterDelta.PutSlice::new), after.map(ClusterDelta.PutSlice::new));
            case ClusterChange.OfNamespace(var name, var before, var after) ->
                note(
                        "Namespace " + name,
                        before.map(ClusterDelta.PutNamespace::new),
                        after.map(ClusterDelta.PutNamespace::new));
            case ClusterChange.OfPod(var name, var before, var after) ->
                note("Pod " + name, before.map(ClusterDelta.PutPod::new), after.map(ClusterDelta.PutPod::new));
            case ClusterChange.OfNode(var name, var before, var after) ->
                note("Node " + name, before.map(ClusterDelta.PutNode::new), after.map(ClusterDelta.PutNode::new));
            case ClusterChange.OfServiceCidr(var name, var before, var after) ->
                note(
                        "ServiceCIDR " + name,
                        before.map(ClusterDelta.PutServiceCidr::new),
                        after.map(ClusterDelta.PutServiceCidr::new));
        }
        notifyAll();
    }

    private void note(String key, Optional<? extends ClusterDelta> before, Optional<? extends ClusterDelta> after) {
        if (!Optional.ofNullable(objects.get(key)).equals(before)) {
            faults.add(key + ": the change says it was " + before + ", but it was " + objects.get(key));
        }
        after.filter(isLegal.negate()).ifPresent(wrong -> faults.add(key + ": never existed: " + wrong));
        after.ifPresentOrElse(put -> objects.put(key, put), () -> objects.remove(key));
    }

    @Override
    public synchronized void synced(ClusterState state) {
        checkThread();
        if (synced.getCount() == 0) {
            faults.add("synced twice");
        }
        synced.countDown();
        notifyAll();
    }

    private void checkThread() {
        if (caller == null) {
            caller = Thread.currentThread();
        } else if (caller != Thread.currentThread()) {
            faults.add("called on " + Thread.currentThread().getName() + " after " + caller.getName());
        }
    }

    boolean isSynced() {
        return synced.getCount() == 0;
    }

    boolean awaitSynced() throws InterruptedException {
        return synced.await(30, TimeUnit.SECONDS);
    }

    synchronized int changes() {
        return changes;
    }

    synchronized Set<ClusterDelta> objects() {
        return Set.copyOf(objects.values());
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /// Waits, at most half a minute, until a condition holds; looks at each change and every 10 ms.
    synchronized boolean await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            wait(10);
        }
        return true;
    }
}
