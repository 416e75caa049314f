package io.waymark.dns.plugin.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Questions that are being asked, each once for all who want to know. Any thread.
///
/// Who asks in the course of another question (an alias) must not wait here: he could wait for himself.
final class Flights {
    /// So many questions at a time; further ones are asked by each on his own.
    static final int FLIGHTS_MAX = 4_096;
    /// So many wait for one question; further ones ask.
    static final int WAITING_MAX = 4_096;

    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();

    private static final class Flight {
        private final CompletableFuture<Landed> landed = new CompletableFuture<>();
        private final AtomicInteger waiting = new AtomicInteger();
    }

    /// A question on its way.
    /// @param landed  what it comes to
    /// @param shared  whether somebody else asked it
    record Boarded(CompletableFuture<Landed> landed, boolean shared) {}

    /// Asks for all who want to know meanwhile; or waits, if somebody asks already.
    /// @param ask if it throws, the question has failed
    Boarded ask(CacheKey key, Supplier<CompletableFuture<Landed>> ask) {
        if (flights.mappingCount() >= FLIGHTS_MAX) {
            return new Boarded(asked(ask), false);
        }
        var mine = new Flight();
        var others = flights.putIfAbsent(key, mine);
        if (others != null) {
            return others.waiting.incrementAndGet() <= WAITING_MAX
                    ? new Boarded(others.landed, true)
                    : new Boarded(asked(ask), false);
        }
        var landed = asked(ask).whenComplete((last, defect) -> {
            flights.remove(key, mine);
            if (defect != null) {
                mine.landed.completeExceptionally(defect);
            } else {
                mine.landed.complete(last);
            }
        });
        return new Boarded(landed, false);
    }

    /// A defect of ours is one of the question, whether it is thrown at once or later.
    static CompletableFuture<Landed> asked(Supplier<CompletableFuture<Landed>> ask) {
        try {
            return ask.get();
        } catch (RuntimeException | StackOverflowError defect) {
            return CompletableFuture.failedFuture(defect);
        }
    }
}
