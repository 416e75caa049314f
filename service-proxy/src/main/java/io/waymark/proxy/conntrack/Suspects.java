package io.waymark.proxy.conntrack;

import io.waymark.proxy.rules.Destination;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Which destinations may have stale flows. One thread adds, and releases them when the kernel holds the
/// rules that made them so; another takes what was released. Bounded by the destinations there are.
final class Suspects {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private Set<Destination> waiting = new HashSet<>();
    private boolean allWait;
    private Set<Destination> released = new HashSet<>();
    private boolean allReleased;
    private boolean busy;

    /// @param all whether every destination there is
    record Taken(boolean all, Set<Destination> destinations) {}

    void add(Destination destination) {
        locked(() -> waiting.add(destination));
    }

    void addAll() {
        locked(() -> allWait = true);
    }

    /// All that was added may be taken.
    void release() {
        locked(() -> {
            released.addAll(waiting);
            allReleased |= allWait;
            waiting = new HashSet<>();
            allWait = false;
        });
    }

    /// Waits for something to be released. It is being looked through until [#done] or [#putBack].
    Taken take() throws InterruptedException {
        lock.lock();
        try {
            while (!isReleased()) {
                moved.await();
            }
            var taken = new Taken(allReleased, released);
            released = new HashSet<>();
            allReleased = false;
            busy = true;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private boolean isReleased() {
        return allReleased || !released.isEmpty();
    }

    void done() {
        locked(() -> busy = false);
    }

    void putBack(Taken taken) {
        locked(() -> {
            released.addAll(taken.destinations());
            allReleased |= taken.all();
            busy = false;
        });
    }

    /// Waits until all that was released has been looked through; false if that takes longer.
    boolean awaitDone(Duration max) throws InterruptedException {
        lock.lock();
        try {
            long left = max.toNanos();
            while ((busy || isReleased()) && left > 0) {
                left = moved.awaitNanos(left);
            }
            return !busy && !isReleased();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
