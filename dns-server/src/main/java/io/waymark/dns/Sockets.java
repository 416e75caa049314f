package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.BindProbe;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.plan.ListenerPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The sockets of the process. A reload keeps those whose address it keeps: they are not touched, so
/// no query is lost. Confined to one thread at a time.
final class Sockets implements AutoCloseable {
    private final Map<Spot, ListeningPlace> open = new LinkedHashMap<>();

    /// What a generation does at one listener.
    record Serving(ListenerSetup setup, QueryPipeline pipeline) {}

    /// What tells two places of a Corefile apart; port 0 stands for the one that was chosen for it.
    private record Spot(Transport transport, ListenAddress address) {
        static Spot of(ListenerPlan listener) {
            return new Spot(listener.transport(), listener.address());
        }
    }

    /// Where a listener is, or will be: at a free port. Throws a
    /// [io.waymark.dns.listen.ListenException] if its port is not free.
    BindAddress find(ListenerPlan listener) {
        var place = open.get(Spot.of(listener));
        if (place != null) {
            return place.address();
        }
        var address =
                BindAddress.of(listener.address().address(), listener.address().port());
        // Every address and one of them at the same port can be bound together, but only by us.
        return isBesideOurs(address) ? address : BindProbe.free(address, transports(listener.transport()));
    }

    private static List<io.waymark.dns.pipeline.Transport> transports(Transport transport) {
        return switch (transport) {
            case DNS -> List.of(io.waymark.dns.pipeline.Transport.UDP, io.waymark.dns.pipeline.Transport.TCP);
            case TLS -> List.of(io.waymark.dns.pipeline.Transport.TLS);
            case HTTPS -> List.of(io.waymark.dns.pipeline.Transport.HTTPS);
            case QUIC, GRPC, HTTPS3 -> throw new IllegalStateException("no plan has " + transport.scheme() + "://");
        };
    }

    private boolean isBesideOurs(BindAddress address) {
        return open.values().stream()
                .map(ListeningPlace::address)
                .anyMatch(ours -> ours.port() == address.port()
                        && (ours instanceof BindAddress.Every) != (address instanceof BindAddress.Every));
    }

    /// Takes the addresses that are not ours yet; nothing is answered there before [#open].
    /// Throws a [io.waymark.dns.listen.ListenException] if one cannot be had; then none is taken.
    /// @return the new places
    List<ListeningPlace> bind(
            ProcessParts process, Map<ListenerPlan, BindAddress> addresses, Map<ListenerPlan, Serving> servings) {
        var bound = new LinkedHashMap<Spot, ListeningPlace>();
        try {
            servings.forEach((listener, serving) -> {
                var spot = Spot.of(listener);
                var address = addresses.get(listener);
                var place = open.get(spot);
                if (place != null) {
                    keep(place, listener, serving.setup());
                } else if (address != null) {
                    bound.put(
                            spot, ListeningPlace.bind(process, listener, address, serving.setup(), serving.pipeline()));
                }
            });
            open.putAll(bound);
            return List.copyOf(bound.values());
        } catch (RuntimeException failure) {
            bound.values().forEach(ListeningPlace::close);
            throw failure;
        }
    }

    private static void keep(ListeningPlace place, ListenerPlan listener, ListenerSetup next) {
        if (!place.canBecome(next)) {
            throw new ListenException(
                    transports(listener.transport()).getLast(),
                    place.address(),
                    new IllegalStateException("whether it is encrypted, or what it asks of clients (client_auth), would"
                            + " change while it listens; restart for that"));
        }
    }

    /// Gives places up that were bound in vain.
    void abandon(List<ListeningPlace> places) {
        open.values().removeAll(places);
        places.forEach(ListeningPlace::close);
    }

    /// From now on these answer, each at its place.
    void answerFrom(Map<ListenerPlan, Serving> servings) {
        servings.forEach((listener, serving) -> {
            var place = open.get(Spot.of(listener));
            if (place != null) {
                place.answerFrom(serving.pipeline(), serving.setup());
            }
        });
    }

    /// Takes out the places of other listeners than these; the caller closes them.
    List<ListeningPlace> takeOthers(List<ListenerPlan> kept) {
        var spots = kept.stream().map(Spot::of).toList();
        var others = new ArrayList<ListeningPlace>();
        open.entrySet().removeIf(entry -> !spots.contains(entry.getKey()) && others.add(entry.getValue()));
        return others;
    }

    /// Where queries are answered, in the order of the listeners.
    List<BindAddress> addresses(List<ListenerPlan> listeners) {
        var addresses = new ArrayList<BindAddress>();
        for (var listener : listeners) {
            var place = open.get(Spot.of(listener));
            if (place != null) {
                addresses.add(place.address());
            }
        }
        return addresses;
    }

    /// As [#addresses], for people.
    List<String> places() {
        return open.values().stream().map(ListeningPlace::toString).toList();
    }

    /// All of them; see [ListeningPlace#pause].
    CompletableFuture<Void> pause(Duration max) {
        return pause(open.values(), max);
    }

    /// These; see [ListeningPlace#pause].
    static CompletableFuture<Void> pause(Collection<ListeningPlace> places, Duration max) {
        return CompletableFuture.allOf(
                places.stream().map(place -> place.pause(max)).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        open.values().forEach(ListeningPlace::close);
        open.clear();
    }
}
