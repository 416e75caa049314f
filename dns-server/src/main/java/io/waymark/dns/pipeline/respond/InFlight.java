package io.waymark.dns.pipeline.respond;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// How many answers are still to come, so that a server that ends can wait for them. Any thread.
public final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private volatile CompletableFuture<Void> empty = new CompletableFuture<>();

    /// As of now.
    public int count() {
        return count.get();
    }

    /// Completes when the last answer is out; at once if none is to come. Asked for when no more
    /// queries are read.
    public CompletableFuture<Void> drained() {
        var waiting = new CompletableFuture<Void>();
        empty = waiting;
        if (count.get() == 0) {
            waiting.complete(null);
        }
        return waiting;
    }

    public void begin() {
        count.incrementAndGet();
    }

    public void end() {
        if (count.decrementAndGet() == 0) {
            empty.complete(null);
        }
    }
}
