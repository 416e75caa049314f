package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.loops.EventLoops;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// An upstream over TLS (DoT, RFC 7858), whichever way is asked for. Its certificate is checked
/// against its name, or against its address if it was given none (RFC 8310 §8.1).
public final class TlsUpstream implements Upstream {
    private final Endpoint endpoint;
    private final RandomGenerator random;
    private final StreamPool streams;

    /// @param serverName what its certificate must be for, and what it is told (SNI); empty for its address
    public TlsUpstream(
            EventLoops loops,
            Endpoint endpoint,
            String serverName,
            TlsIdentity identity,
            StreamLimits limits,
            UpstreamMetrics metrics,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.random = random;
        var host = serverName.isEmpty() ? endpoint.host() : serverName;
        var security = new StreamConnector.Tls(identity.context(), host);
        this.streams = new StreamPool(
                new Asking.Place(endpoint.name(), "tls", metrics, nanoTime),
                new StreamConnector(loops, endpoint, security),
                limits,
                metrics.connections("tcp-tls"));
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Route route(Way way) {
        return new Route(endpoint.address(), Way.STREAM);
    }

    @Override
    public CompletableFuture<Matched> ask(Query query, Way way, Patience patience) {
        return streams.ask(query, random.nextInt(1 << 16), patience);
    }

    @Override
    public void close() {
        streams.close();
    }
}
