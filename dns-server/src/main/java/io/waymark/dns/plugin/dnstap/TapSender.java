package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is tapped to one receiver, from a thread of its own; what does not fit into its [TapQueue], or
/// is on its way when the connection breaks, is dropped and counted. Connects again with growing pauses.
/// Lifecycle: [#start], [#add] from any thread, [#close].
final class TapSender implements TapOutput, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapSender.class);
    private static final long PAUSE_MILLIS_MIN = 100;
    private static final long PAUSE_MILLIS_MAX = 10_000;
    static final long CLOSE_MILLIS_MAX = 1_000;

    private final DnstapStage stage;
    private final TapPeer.Receiver receiver;
    private final TapQueue waiting;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Closeable connection;

    private TapSender(DnstapStage stage, TapPeer.Receiver receiver, Metrics metrics) {
        this.stage = stage;
        this.receiver = receiver;
        this.waiting = new TapQueue(
                receiver.waitingMax(), dropped(metrics).with(receiver.socket().toString()));
        this.thread = new Thread(this::run, "dnstap");
        thread.setDaemon(true);
    }

    static CounterFamily dropped(Metrics metrics) {
        return metrics.counter(
                "waymark_dnstap_dropped_total",
                "Queries that were not tapped because whoever listens is slow or not there.",
                "socket");
    }

    static TapSender start(DnstapStage stage, TapPeer.Receiver receiver, Metrics metrics) {
        var sender = new TapSender(stage, receiver, metrics);
        sender.thread.start();
        return sender;
    }

    @Override
    public void add(Tapped message) {
        waiting.add(stage, message);
    }

    private void run() {
        long pause = PAUSE_MILLIS_MIN;
        while (!closed) {
            try (var open = receiver.socket().connect(receiver.verified())) {
                connection = open;
                var stream = FrameStream.open(open.in(), open.out());
                LOG.info("dnstap: sending to {}", receiver.socket());
                pause = PAUSE_MILLIS_MIN;
                waiting.send(stream, () -> closed);
            } catch (IOException failure) {
                if (!closed) {
                    LOG.warn(
                            "dnstap: no connection to {} ({}); trying again in {} ms",
                            receiver.socket(),
                            failure.toString(),
                            pause);
                    pause(pause);
                    pause = Math.min(PAUSE_MILLIS_MAX, 2 * pause);
                }
            } catch (InterruptedException closing) {
                return;
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends what waits, for a second at most.
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(TapQueue.FLUSH_MILLIS + CLOSE_MILLIS_MAX);
            thread.interrupt();
            var open = connection;
            if (open != null) {
                open.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.debug("dnstap: {} did not close", receiver.socket(), failure);
        }
    }
}
