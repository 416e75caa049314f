package io.waymark.dns.listen;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// One TCP connection: many queries, each answered as soon as its answer is known, in whatever
/// order (RFC 7766 §6.2.1.1, §7). Confined to the event loop of its socket.
///
/// What it holds is bounded: it reads nothing more while as many queries are in flight as its
/// limit allows, or while the client does not take its answers.
final class TcpConnection {
    /// Answers of one chunk leave together; past this many octets those so far leave first.
    private static final int WRITE_OCTETS = 1 << 16;
    /// Messages of a zone transfer that are composed in a row: the loop has other connections too.
    private static final int MESSAGES_AT_ONCE = 4;

    private final NetSocket socket;
    private final Client client;
    private final Context loop;
    private final Responder responder;
    private final ListenerLimits limits;
    private final LongSupplier nanoTime;
    private final AtomicBoolean draining;
    private final TcpFrames frames;
    /// Answers of several messages; only the first is under way.
    private final Deque<Response.Several> sequences = new ArrayDeque<>();
    private long progress;
    private int queries;
    private int inFlight;
    private boolean reading = true;
    private boolean closed;
    private boolean goesOn;

    TcpConnection(
            NetSocket socket,
            Client client,
            Context loop,
            Responder responder,
            ListenerLimits limits,
            LongSupplier nanoTime,
            AtomicBoolean draining) {
        this.socket = socket;
        this.client = client;
        this.loop = loop;
        this.responder = responder;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.draining = draining;
        this.frames = new TcpFrames(limits.queryOctetsMax());
        this.progress = nanoTime.getAsLong();
    }

    /// Begins to read.
    void open() {
        socket.handler(chunk -> {
            frames.feed(chunk);
            work();
        });
        socket.drainHandler(drained -> {
            progress = nanoTime.getAsLong();
            work();
        });
        socket.exceptionHandler(reset -> close());
    }

    /// Since when neither a query was completed nor an answer taken, in the clock's nanoseconds.
    long progress() {
        return progress;
    }

    /// Whether it waits for its client, and for nobody else.
    boolean idle() {
        return inFlight == 0 || socket.writeQueueFull();
    }

    /// Closes if at `now` it has been without progress for longer than its limits allow. Octets that
    /// complete no query do not count, so a client cannot hold a connection by sending them one at a
    /// time.
    void closeIfIdle(long now) {
        if (idle() && now - progress > patience().toNanos()) {
            close();
        }
    }

    private Duration patience() {
        var timeouts = limits.timeouts();
        if (socket.writeQueueFull()) {
            return timeouts.write();
        }
        return queries > 0 ? timeouts.idle() : timeouts.read();
    }

    void close() {
        socket.close();
    }

    /// The socket is closed: what has not left never will.
    void closed() {
        closed = true;
        sequences.forEach(sequence -> sequence.sent().run());
        sequences.clear();
    }

    private void work() {
        goOn();
        var out = Buffer.buffer();
        boolean room = room();
        while (room) {
            var query = frames.next();
            if (query.isEmpty()) {
                break;
            }
            progress = nanoTime.getAsLong();
            queries++;
            var octets = query.get();
            respond(responder.respond(octets, 0, octets.length, client), out);
            if (out.length() >= WRITE_OCTETS) {
                socket.write(out);
                out = Buffer.buffer();
            }
            room = room();
        }
        if (out.length() > 0) {
            socket.write(out);
        }
        if (frames.broken() || queries >= limits.queriesMax() && inFlight == 0) {
            close();
        } else {
            read(room && room());
        }
    }

    private boolean room() {
        return inFlight < limits.inFlightMax()
                && queries < limits.queriesMax()
                && !socket.writeQueueFull()
                && !draining.get();
    }

    private void respond(Response response, Buffer out) {
        switch (response) {
            case Response.Octets(var octets) -> frame(octets, out);
            case Response.Silence() -> {}
            case Response.Several several -> begin(several);
            case Response.Later(var later, var sent) -> {
                inFlight++;
                var _ = later.thenAccept(last -> loop.runOnContext(onLoop -> {
                    answered(last);
                    sent.run();
                }));
            }
        }
    }

    private void answered(Response last) {
        inFlight--;
        progress = nanoTime.getAsLong();
        if (last instanceof Response.Several several) {
            begin(several);
        } else if (last instanceof Response.Octets(var octets)) {
            var out = Buffer.buffer(2 + octets.length);
            frame(octets, out);
            socket.write(out);
        }
        work();
    }

    private void begin(Response.Several several) {
        if (closed) {
            several.sent().run();
            return;
        }
        inFlight++;
        sequences.add(several);
        goOnLater();
    }

    /// Sends more of the first sequence, if the client has taken what was sent before. After a defect,
    /// which is noted already, the client sees by the end of the connection that it does not have all.
    private void goOn() {
        try {
            for (int i = 0; i < MESSAGES_AT_ONCE && !sequences.isEmpty() && !socket.writeQueueFull(); i++) {
                sendNext(sequences.getFirst());
            }
        } catch (RuntimeException | StackOverflowError noted) {
            close();
            return;
        }
        if (!sequences.isEmpty() && !socket.writeQueueFull()) {
            goOnLater();
        }
    }

    private void goOnLater() {
        if (!goesOn) {
            goesOn = true;
            loop.runOnContext(onLoop -> {
                goesOn = false;
                work();
            });
        }
    }

    private void sendNext(Response.Several sequence) {
        if (sequence.messages().hasNext()) {
            var octets = sequence.messages().next();
            var out = Buffer.buffer(2 + octets.length);
            frame(octets, out);
            socket.write(out);
            progress = nanoTime.getAsLong();
        } else {
            sequences.removeFirst();
            inFlight--;
            sequence.sent().run();
        }
    }

    private static void frame(byte[] octets, Buffer out) {
        out.appendUnsignedShort(octets.length).appendBytes(octets);
    }

    private void read(boolean on) {
        if (on && !reading) {
            socket.resume();
        } else if (!on && reading) {
            socket.pause();
        }
        reading = on;
    }
}
