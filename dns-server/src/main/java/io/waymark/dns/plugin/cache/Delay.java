package io.waymark.dns.plugin.cache;

import java.time.Duration;

/// Runs something later, on any thread.
@FunctionalInterface
interface Delay {
    void run(Duration after, Runnable task);
}
