package io.waymark.testzones.peer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A wait for something that another process does, with an end.
public final class Await {
    private static final long PAUSE_NANOS = 2_000_000;

    private Await() {}

    /// Returns as soon as `holds` does; after `limit` it fails with a message that names `what`
    /// and what `seen` says was there instead. Asks again every 2 ms.
    public static void until(String what, Duration limit, BooleanSupplier holds, Supplier<String> seen) {
        if (!holdsWithin(limit, holds)) {
            throw new AssertionError("after " + limit.toSeconds() + " s still not true: " + what + "; " + seen.get());
        }
    }

    /// As above, without a word about what was there instead.
    public static void until(String what, Duration limit, BooleanSupplier holds) {
        until(what, limit, holds, () -> "no more is known");
    }

    /// Whether `holds` became true within `limit`.
    public static boolean holdsWithin(Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
