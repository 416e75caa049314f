package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/// The connections to one upstream: as many as there are questions at a time, each kept for the next
/// question until it was idle for too long or is too old. The one that was used last is taken first,
/// so that the others expire. Any thread; the lock is held for an operation on a set.
final class StreamPool implements AutoCloseable {
    private final Asking.Place place;
    private final StreamConnector connector;
    private final StreamLimits limits;
    private final UpstreamMetrics.Connections counts;
    private final LongSupplier nanoTime;
    private final LinkedHashSet<StreamConnection> idle = new LinkedHashSet<>();
    private boolean closed;

    StreamPool(Asking.Place place, StreamConnector connector, StreamLimits limits, UpstreamMetrics.Connections counts) {
        this.place = place;
        this.connector = connector;
        this.limits = limits;
        this.counts = counts;
        this.nanoTime = place.nanoTime();
    }

    CompletableFuture<Matched> ask(Query query, int id, Patience patience) {
        var asking = new Asking(place, query, id);
        var kept = take();
        if (kept.isPresent()) {
            counts.hits().increment();
            kept.get().ask(asking, patience.read(), () -> askAnew(asking, patience));
        } else {
            askAnew(asking, patience);
        }
        return asking.reply();
    }

    private void askAnew(Asking asking, Patience patience) {
        counts.misses().increment();
        var connection = new StreamConnection(this, nanoTime.getAsLong());
        var connecting = connector.connect(
                connection,
                left(asking, patience),
                channel -> {
                    connection.opened(channel);
                    var left = left(asking, patience);
                    connection.ask(
                            asking,
                            left.compareTo(patience.read()) < 0 ? left : patience.read(),
                            () -> asking.fail("it closed the connection before it was asked"));
                },
                cause -> {
                    if (cause instanceof SSLException) {
                        asking.fail(noTls(cause));
                    } else {
                        asking.fail(cause);
                    }
                });
        var _ = asking.reply().whenComplete((reply, failure) -> connecting.cancel(false));
    }

    private static String noTls(Throwable why) {
        return "no TLS: " + (why.getCause() == null ? why : why.getCause()).getMessage();
    }

    /// At least a millisecond.
    private static Duration left(Asking asking, Patience patience) {
        return Duration.ofNanos(Math.max(1_000_000, patience.total().toNanos() - asking.age()));
    }

    private Optional<StreamConnection> take() {
        while (true) {
            StreamConnection last;
            synchronized (idle) {
                if (idle.isEmpty()) {
                    return Optional.empty();
                }
                last = idle.removeLast();
            }
            if (isYoung(last)) {
                return Optional.of(last);
            }
            last.close();
        }
    }

    private boolean isYoung(StreamConnection connection) {
        return limits.ageMax().isZero()
                || nanoTime.getAsLong() - connection.made() <= limits.ageMax().toNanos();
    }

    /// A connection has answered; it is kept, or closed. On its loop.
    void giveBack(StreamConnection connection) {
        boolean kept = limits.expire().isPositive() && isYoung(connection);
        if (kept) {
            // Before others can take it: they cancel it on the same loop.
            connection.expireAfter(limits.expire());
            synchronized (idle) {
                kept = !closed && (limits.idleMax() == 0 || idle.size() < limits.idleMax()) && idle.add(connection);
            }
        }
        if (!kept) {
            connection.close();
        }
    }

    /// A connection is closed.
    void forget(StreamConnection connection) {
        synchronized (idle) {
            idle.remove(connection);
        }
    }

    /// A message came on a connection without a question.
    void unasked() {
        place.metrics().mismatched().increment();
    }

    @Override
    public void close() {
        StreamConnection[] open;
        synchronized (idle) {
            closed = true;
            open = idle.toArray(StreamConnection[]::new);
            idle.clear();
        }
        for (var connection : open) {
            connection.close();
        }
    }
}
