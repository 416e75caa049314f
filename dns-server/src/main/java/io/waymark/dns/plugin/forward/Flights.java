package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.view.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The questions that upstreams are asked now, each once, the oldest first. Any thread; the lock is
/// held for an operation on a map.
final class Flights {
    private static final int FLAGS = Header.RD | Header.AD | Header.CD;

    private final LinkedHashMap<Key, Flight> byAge = new LinkedHashMap<>();

    /// What two questions must have in common to share a reply. Letter case, ID, and how much the
    /// client can take are not in it: each client's reply gets its own.
    /// @param view what the client may see: clients of different tenants share nothing, so that none
    ///             can learn from the time of an answer what another asks
    private record Key(Question question, int flags, boolean dnssecOk, List<Edns.Option> options, Way way, View view) {
        static Key of(Query query, Way way, View view) {
            var edns = query.edns();
            return new Key(
                    query.question(),
                    query.flags() & FLAGS,
                    edns.isPresent() && edns.get().dnssecOk(),
                    edns.isPresent() ? edns.get().options() : List.of(),
                    way,
                    view);
        }
    }

    /// One question in flight.
    static final class Flight {
        private final Key key;
        private final Query query;
        private final CompletableFuture<ForwardResult> result = new CompletableFuture<>();
        private volatile int roomMax;

        private Flight(Key key, Query query) {
            this.key = key;
            this.query = query;
        }

        /// The first client's.
        Query query() {
            return query;
        }

        Way way() {
            return key.way();
        }

        CompletableFuture<ForwardResult> result() {
            return result;
        }

        /// Octets that the reply may have for the client who can take most.
        int roomMax() {
            return roomMax;
        }
    }

    /// The flight of a question.
    /// @param first whether it is new, and to be started by the caller
    record Boarding(Flight flight, boolean first) {}

    /// Joins the flight of an equal question, or begins one.
    /// @param room octets that the client can take
    synchronized Boarding board(Query query, Way way, View view, int room) {
        var key = Key.of(query, way, view);
        var same = byAge.get(key);
        var flight = same == null ? new Flight(key, query) : same;
        if (same == null) {
            byAge.put(key, flight);
        }
        flight.roomMax = Math.max(flight.roomMax, room);
        return new Boarding(flight, same == null);
    }

    /// The flight is over; whoever asks now begins another.
    synchronized void land(Flight flight) {
        byAge.remove(flight.key, flight);
    }

    /// The one that began first, no longer in flight; empty if there is none.
    synchronized Optional<Flight> takeOldest() {
        return Optional.ofNullable(byAge.pollFirstEntry()).map(Map.Entry::getValue);
    }
}
