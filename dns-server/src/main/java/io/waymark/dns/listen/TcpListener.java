package io.waymark.dns.listen;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Responder;
import io.waymark.dns.pipeline.Transport;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Answers queries that arrive over TCP (RFC 7766). Owns one listening socket, whose connections
/// Vert.x deals out to the loops in turn.
/// Lifecycle: [#bind], answering, [#close].
public final class TcpListener implements AutoCloseable {
    private final Vertx vertx;
    private final String deployment;

    private TcpListener(Vertx vertx, String deployment) {
        this.vertx = vertx;
        this.deployment = deployment;
    }

    /// Returns once it answers. Blocks, hence never on an event loop. Throws a [ListenException]
    /// if the address cannot be bound.
    /// @param responders asked for one a loop
    /// @param nanoTime   the clock that idle connections are measured with
    public static TcpListener bind(
            EventLoops loops,
            BindAddress address,
            Supplier<Responder> responders,
            ListenerLimits limits,
            LongSupplier nanoTime) {
        var perLoop = new ListenerLimits(
                Math.max(1, limits.connectionsMax() / loops.count()),
                limits.inFlightMax(),
                limits.queryOctetsMax(),
                limits.idleMax());
        try {
            var deployment = loops.vertx()
                    .deployVerticle(
                            () -> new TcpAcceptor(host(address), address.port(), responders.get(), perLoop, nanoTime),
                            new DeploymentOptions().setInstances(loops.count()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new TcpListener(loops.vertx(), deployment);
        } catch (CompletionException failure) {
            throw new ListenException(
                    Transport.TCP, address, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    // A socket of `::` takes both families, so that one is enough.
    private static String host(BindAddress address) {
        return switch (address) {
            case BindAddress.One(var one, int port) -> one.toString();
            case BindAddress.Every(int port) -> BindProbe.hasIpv6() ? "::" : "0.0.0.0";
        };
    }

    /// Closes the listening socket and every connection. Blocks, hence never on an event loop.
    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
}
