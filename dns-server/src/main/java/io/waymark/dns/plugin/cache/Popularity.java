package io.waymark.dns.plugin.cache;

import io.waymark.dns.plugin.cache.CacheStage.Prefetch;
import java.util.concurrent.atomic.AtomicReference;

/// How often something was asked for without a longer gap between. Any thread.
final class Popularity {
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(0, 0));

    private record Seen(int times, long last) {
        Seen after(Prefetch prefetch, long now) {
            boolean goesOn = times > 0 && now - last <= prefetch.gap().toNanos();
            return new Seen(goesOn ? Math.min(times, Integer.MAX_VALUE - 1) + 1 : 1, now);
        }
    }

    /// Counts a question; whether it is one of the many that make a reply popular.
    /// @param now in nanoseconds
    boolean ask(Prefetch prefetch, long now) {
        var after = seen.updateAndGet(before -> before.after(prefetch, now));
        return after.times() >= prefetch.amount();
    }
}
