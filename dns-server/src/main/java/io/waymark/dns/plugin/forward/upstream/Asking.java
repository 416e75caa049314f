package io.waymark.dns.plugin.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received;
import io.waymark.records.message.Received.Matched;
import io.waymark.records.message.UpstreamQuery;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// One question to one upstream, whatever carries it. Whatever comes first ends it.
final class Asking {
    private final Place place;
    private final Query query;
    private final int id;
    private final CompletableFuture<Matched> reply = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final long began;

    /// What all questions to an upstream by one protocol have in common.
    /// @param name     of the upstream
    /// @param protocol for people: `udp`
    record Place(String name, String protocol, UpstreamMetrics metrics, LongSupplier nanoTime) {}

    /// @param id 16 bits that cannot be guessed (RFC 5452 §9.2); 0 over HTTPS (RFC 8484 §4.1)
    Asking(Place place, Query query, int id) {
        this.place = place;
        this.query = query;
        this.id = id;
        this.began = place.nanoTime().getAsLong();
        place.metrics().inFlight().increment();
        var _ = reply.whenComplete((matched, failure) -> end());
    }

    /// Completes once it is counted as over. Whoever cancels it gives the question up, and with it what
    /// carries it.
    CompletableFuture<Matched> reply() {
        return reply;
    }

    boolean isOver() {
        return over.get();
    }

    byte[] octets() {
        return UpstreamQuery.compose(query, id);
    }

    /// The reply, if it is what came; anything else is counted, and the question goes on.
    Optional<Matched> read(ByteBuf content) {
        var octets = new byte[content.readableBytes()];
        content.readBytes(octets);
        return read(octets);
    }

    /// As above, of octets that are not used elsewhere.
    Optional<Matched> read(byte[] octets) {
        return switch (Received.of(query, id, octets)) {
            case Matched matched -> Optional.of(matched);
            case Received.Other other -> {
                place.metrics().mismatched().increment();
                yield Optional.empty();
            }
            case Received.Broken broken -> {
                place.metrics().malformed().increment();
                yield Optional.empty();
            }
        };
    }

    /// Ends with the reply.
    void complete(Matched matched) {
        if (end()) {
            place.metrics().replied(matched.rcode(), age() / 1e9);
            reply.complete(matched);
        }
    }

    /// Nanoseconds since the question was put.
    long age() {
        return place.nanoTime().getAsLong() - began;
    }

    void fail(Throwable cause) {
        boolean refused = cause instanceof PortUnreachableException || cause instanceof ConnectException;
        fail(refused ? "nobody listens there" : String.valueOf(cause.getMessage()));
    }

    void fail(String why) {
        if (end()) {
            reply.completeExceptionally(
                    new UpstreamException("upstream " + place.name() + "/" + place.protocol() + ": " + why));
        }
    }

    private boolean end() {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            place.metrics().inFlight().decrement();
        }
        return first;
    }
}
