package io.waymark.dns.plugin.dnstap;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// What waits for one connection; what does not fit is dropped and counted. Filled on any thread, sent on one.
final class TapQueue {
    /// What a queue of CoreDNS has.
    static final int WAITING_MAX = 10_000;

    static final long FLUSH_MILLIS = 1_000;

    private final ArrayBlockingQueue<Waiting> waiting;
    private final LongAdder dropped;

    private record Waiting(DnstapStage stage, Tapped message) {}

    TapQueue(int waitingMax, LongAdder dropped) {
        this.waiting = new ArrayBlockingQueue<>(waitingMax);
        this.dropped = dropped;
    }

    /// Never blocks.
    /// @param stage says what is sent of the message
    void add(DnstapStage stage, Tapped message) {
        if (!waiting.offer(new Waiting(stage, message))) {
            dropped.increment();
        }
    }

    /// Sends what comes, and when it is closed what is left; then has the receiver say that he has it.
    void send(FrameStream stream, BooleanSupplier closed) throws IOException, InterruptedException {
        while (!closed.getAsBoolean() || !waiting.isEmpty()) {
            var next = waiting.poll();
            if (next == null) {
                stream.flush();
                next = waiting.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (next != null) {
                try {
                    for (var octets : next.message.encoded(next.stage)) {
                        stream.data(octets);
                    }
                } catch (IOException broken) {
                    dropped.increment();
                    throw broken;
                }
            }
        }
        stream.finish();
    }
}
