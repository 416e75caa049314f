package io.waymark.dns.plugin.forward;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What is known of one upstream's health. A failed question makes it suspect; only a suspect is
/// probed; only failed probes make it count as down, and one that is answered clears it.
final class UpstreamHealth {
    private final int failsMax;
    private final AtomicInteger fails = new AtomicInteger();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean suspect;

    UpstreamHealth(int failsMax) {
        this.failsMax = failsMax;
    }

    boolean down() {
        return failsMax > 0 && fails.get() > failsMax;
    }

    void questionFailed() {
        suspect = true;
    }

    /// Whether to send a probe now; if so, its end is to be told.
    boolean beginProbe() {
        return suspect && probing.compareAndSet(false, true);
    }

    void probeSucceeded() {
        fails.set(0);
        suspect = false;
        probing.set(false);
    }

    void probeFailed() {
        fails.incrementAndGet();
        probing.set(false);
    }
}
