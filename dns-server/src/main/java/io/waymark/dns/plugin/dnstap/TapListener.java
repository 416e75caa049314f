package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.listen.tls.TlsFilesException;
import io.waymark.dns.metrics.Metrics;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has whoever connects told what is tapped, each caller from a thread and a queue of his own, so that
/// one who reads slowly costs the others nothing. If it cannot listen it tries again; queries are answered
/// meanwhile.
/// Lifecycle: [#open], [#add] from any thread, [#close].
final class TapListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TapListener.class);
    private static final int CALLERS_MAX = 64;
    private static final long PAUSE_MILLIS = 5_000;
    private static final long REFUSED_MILLIS = 100;

    private final TapPeer.Callers place;
    private final LongAdder dropped;
    private final Set<Caller> callers = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable TapServer server;

    private record Caller(TapQueue queue, TapConnection connection, Thread thread) {}

    private TapListener(TapPeer.Callers place, Metrics metrics) {
        this.place = place;
        this.dropped = TapSender.dropped(metrics).with(place.socket().toString());
        this.thread = Thread.ofVirtual().name("dnstap " + place).unstarted(this::run);
    }

    static TapListener open(TapPeer.Callers place, Metrics metrics) {
        var listener = new TapListener(place, metrics);
        listener.thread.start();
        return listener;
    }

    /// Tells all who are connected.
    void add(DnstapStage stage, Tapped message) {
        callers.forEach(caller -> caller.queue.add(stage, message));
    }

    private void run() {
        try {
            while (!closed) {
                try (var listening = TapServer.bind(place)) {
                    server = listening;
                    LOG.info("dnstap: listening at {}", place.socket());
                    while (!closed) {
                        next(listening);
                    }
                } catch (IOException | TlsFilesException failure) {
                    if (!closed) {
                        LOG.error(
                                "dnstap: cannot listen at {} ({}); trying again every {} ms",
                                place.socket(),
                                failure.toString(),
                                PAUSE_MILLIS);
                        Thread.sleep(PAUSE_MILLIS);
                    }
                }
            }
        } catch (InterruptedException closing) {
            return;
        }
    }

    /// Fails when the socket does; a caller who fails is only let go.
    private void next(TapServer listening) throws IOException, InterruptedException {
        try {
            welcome(listening.accept());
        } catch (IOException failure) {
            if (!listening.isOpen()) {
                throw failure;
            }
            LOG.warn("dnstap: a caller of {} was not let in ({})", place.socket(), failure.toString());
            Thread.sleep(REFUSED_MILLIS);
        }
    }

    private void welcome(TapConnection connection) {
        if (callers.size() >= CALLERS_MAX) {
            LOG.warn("dnstap: {} has {} callers, and no more are let in", place.socket(), CALLERS_MAX);
            close(connection);
            return;
        }
        var queue = new TapQueue(TapQueue.WAITING_MAX, dropped);
        Thread.ofVirtual().name("dnstap caller").start(() -> serve(queue, connection));
    }

    private void serve(TapQueue queue, TapConnection connection) {
        var caller = new Caller(queue, connection, Thread.currentThread());
        try (connection) {
            var stream = FrameStream.open(connection.in(), connection.out());
            callers.add(caller);
            queue.send(stream, () -> closed);
        } catch (IOException gone) {
            LOG.info("dnstap: a caller of {} has gone ({})", place.socket(), gone.toString());
        } catch (InterruptedException closing) {
            return;
        } finally {
            callers.remove(caller);
        }
    }

    /// Sends what waits, for a second or two at most.
    @Override
    public void close() {
        closed = true;
        var listening = server;
        if (listening != null) {
            close(listening);
        }
        thread.interrupt();
        try {
            for (var caller : Set.copyOf(callers)) {
                caller.thread.join(TapQueue.FLUSH_MILLIS + TapSender.CLOSE_MILLIS_MAX);
                close(caller.connection);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.debug("dnstap: a part of {} did not close", place.socket(), failure);
        }
    }
}
