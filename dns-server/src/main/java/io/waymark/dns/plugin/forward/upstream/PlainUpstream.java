package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.loops.EventLoops;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// An upstream over UDP and TCP (RFC 1035 §4.2, RFC 7766).
public final class PlainUpstream implements Upstream {
    private final Endpoint endpoint;
    private final RandomGenerator random;
    private final Asking.Place udp;
    private final DatagramSockets sockets;
    private final StreamPool streams;

    /// @param random cannot be guessed
    public PlainUpstream(
            EventLoops loops,
            Endpoint endpoint,
            StreamLimits limits,
            UpstreamMetrics metrics,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.random = random;
        this.udp = new Asking.Place(endpoint.name(), "udp", metrics, nanoTime);
        this.sockets = new DatagramSockets(loops, endpoint, metrics.connections("udp"));
        var tcp = new Asking.Place(endpoint.name(), "tcp", metrics, nanoTime);
        this.streams = new StreamPool(
                tcp,
                new StreamConnector(loops, endpoint, StreamConnector.Security.NONE),
                limits,
                metrics.connections("tcp"));
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Route route(Way way) {
        return new Route(endpoint.address(), way);
    }

    @Override
    public CompletableFuture<Matched> ask(Query query, Way way, Patience patience) {
        int id = random.nextInt(1 << 16);
        return switch (way) {
            case DATAGRAM -> {
                var asking = new Asking(udp, query, id);
                sockets.ask(asking, query.udpLimit(), patience.read());
                yield asking.reply();
            }
            case STREAM -> streams.ask(query, id, patience);
        };
    }

    @Override
    public void close() {
        sockets.close();
        streams.close();
    }
}
