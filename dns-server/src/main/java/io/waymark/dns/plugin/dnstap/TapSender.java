package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.metrics.Metrics;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is tapped over one connection, from a thread of its own. Ten thousand queries wait for it
/// at most; what does not fit, or is on its way when the connection breaks, is dropped and counted.
/// Connects again with growing pauses.
/// Lifecycle: [#start], [#add] from any thread, [#close].
final class TapSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapSender.class);
    private static final int WAITING_MAX = 10_000;
    private static final long PAUSE_MILLIS_MIN = 100;
    private static final long PAUSE_MILLIS_MAX = 10_000;
    private static final long FLUSH_MILLIS = 1_000;
    private static final long CLOSE_MILLIS_MAX = 1_000;

    private final DnstapStage stage;
    private final LongAdder dropped;
    private final ArrayBlockingQueue<Tapped> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Closeable connection;

    private TapSender(DnstapStage stage, Metrics metrics) {
        this.stage = stage;
        this.dropped = metrics.counter(
                        "waymark_dnstap_dropped_total",
                        "Queries that were not tapped because whoever listens is slow or not there.",
                        "socket")
                .with(stage.socket().toString());
        this.thread = new Thread(this::run, "dnstap");
        thread.setDaemon(true);
    }

    static TapSender start(DnstapStage stage, Metrics metrics) {
        var sender = new TapSender(stage, metrics);
        sender.thread.start();
        return sender;
    }

    /// Never blocks.
    void add(Tapped message) {
        if (!waiting.offer(message)) {
            dropped.increment();
        }
    }

    private void run() {
        long pause = PAUSE_MILLIS_MIN;
        while (!closed) {
            try (var open = stage.socket().connect(stage.verified())) {
                connection = open;
                var stream = FrameStream.open(open.in(), open.out());
                LOG.info("dnstap: sending to {}", stage.socket());
                pause = PAUSE_MILLIS_MIN;
                send(stream);
            } catch (IOException failure) {
                if (!closed) {
                    LOG.warn(
                            "dnstap: no connection to {} ({}); trying again in {} ms",
                            stage.socket(),
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

    private void send(FrameStream stream) throws IOException, InterruptedException {
        while (!closed || !waiting.isEmpty()) {
            var message = waiting.poll();
            if (message == null) {
                stream.flush();
                message = waiting.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (message != null) {
                try {
                    for (var octets : message.encoded(stage)) {
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
            thread.join(FLUSH_MILLIS + CLOSE_MILLIS_MAX);
            thread.interrupt();
            var open = connection;
            if (open != null) {
                open.close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.debug("dnstap: {} did not close", stage.socket(), failure);
        }
    }
}
