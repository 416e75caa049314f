package io.waymark.dns.plugin.forward.upstream;

import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.waymark.dns.loops.EventLoops;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Questions to one upstream over UDP. Each has a port of its own, which the kernel draws, and an ID that
/// cannot be guessed (RFC 5452 §9): a forged reply must hit both within the time of one question. But it has no
/// socket of its own: to make, register and close one costs more than all else that a question costs. A socket
/// whose question was answered is disconnected, which gives its port back, and serves the next
/// question. One whose question failed is closed: the kernel may still have an error for it.
///
/// A question lives on the loop of whoever asks, mostly the client's, so that it crosses no thread.
final class DatagramSockets {
    /// More than a query may ask for without being truncated by us; replies that are longer than the
    /// query allows are taken as well.
    private static final int REPLY_OCTETS = 4_096;
    /// Enough for the questions of one loop at full rate to an upstream that is near.
    private static final int RESTING_MAX = 64;

    private static final String LOOPS_END = "the event loops end, and with them the server";

    private final EventLoops loops;
    private final Endpoint endpoint;
    private final UpstreamMetrics.Connections counters;
    /// Each deque belongs to its loop.
    private final Map<EventLoop, ArrayDeque<DatagramSocket>> resting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    DatagramSockets(EventLoops loops, Endpoint endpoint, UpstreamMetrics.Connections counters) {
        this.loops = loops;
        this.endpoint = endpoint;
        this.counters = counters;
    }

    /// Sends the question; it ends with a reply, or fails when its time is over.
    /// @param udpLimit octets that the query says a reply may have
    void ask(Asking asking, int udpLimit, Duration timeout) {
        EventLoop loop = loops.here();
        if (loop.inEventLoop()) {
            ask(loop, asking, udpLimit, timeout);
            return;
        }
        try {
            loop.execute(() -> ask(loop, asking, udpLimit, timeout));
        } catch (RejectedExecutionException ended) {
            asking.fail(LOOPS_END);
        }
    }

    private void ask(EventLoop loop, Asking asking, int udpLimit, Duration timeout) {
        if (asking.isOver()) {
            return;
        }
        // Its timers do not run any more, nor does it tell of the sockets that it closes.
        if (loop.isShuttingDown()) {
            asking.fail(LOOPS_END);
            return;
        }
        DatagramSocket socket;
        try {
            socket = socket(loop, asking, udpLimit);
        } catch (ChannelException none) {
            asking.fail("no socket can be had for it: " + none.getMessage());
            return;
        }
        var timer = loop.schedule(
                () -> asking.fail("no reply within " + timeout.toMillis() + " ms"),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        // A longer reply than usual needs a socket that is not kept.
        boolean usual = udpLimit <= REPLY_OCTETS;
        var _ = asking.reply().whenComplete((reply, failure) -> {
            timer.cancel(false);
            boolean good = failure == null && usual;
            if (loop.inEventLoop()) {
                over(loop, socket, good);
            } else {
                loop.execute(() -> over(loop, socket, good));
            }
        });
        // It may have failed with the socket, or been given up, and then the socket is closed by now.
        if (!asking.isOver()) {
            socket.ask(asking);
        }
    }

    private DatagramSocket socket(EventLoop loop, Asking asking, int udpLimit) {
        var kept = udpLimit <= REPLY_OCTETS ? restingOn(loop).pollLast() : null;
        if (kept != null) {
            counters.hits().increment();
            return kept;
        }
        counters.misses().increment();
        var channel = loops.datagramChannel(endpoint.address().getAddress());
        var socket = new DatagramSocket(channel, endpoint, Math.max(REPLY_OCTETS, udpLimit));
        socket.register(loop, asking);
        return socket;
    }

    // NIO's sockets keep their port when they are disconnected.
    private void over(EventLoop loop, DatagramSocket socket, boolean good) {
        var others = restingOn(loop);
        if (good && loops.epoll() && !closed && others.size() < RESTING_MAX && socket.rest()) {
            others.addLast(socket);
        } else {
            socket.close();
        }
    }

    private ArrayDeque<DatagramSocket> restingOn(EventLoop loop) {
        return resting.computeIfAbsent(loop, first -> new ArrayDeque<>());
    }

    /// Closes what rests, and later what is still asked.
    void close() {
        closed = true;
        resting.forEach((loop, sockets) -> {
            if (!loop.isShuttingDown()) {
                loop.execute(() -> {
                    sockets.forEach(DatagramSocket::close);
                    sockets.clear();
                });
            }
        });
    }
}
