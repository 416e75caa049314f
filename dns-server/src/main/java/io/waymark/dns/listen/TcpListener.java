package io.waymark.dns.listen;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.respond.Responder;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Answers queries that arrive over TCP (RFC 7766), or over TLS (RFC 7858). Owns one listening socket, whose
/// connections
/// Vert.x deals out to the loops in turn.
/// Lifecycle: [#bind], answering, [#pause], [#close].
public final class TcpListener implements AutoCloseable {
    private final Vertx vertx;
    private final String deployment;
    private final AtomicBoolean draining;

    private TcpListener(Vertx vertx, String deployment, AtomicBoolean draining) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.draining = draining;
    }

    /// Returns once it answers. Blocks, hence never on an event loop. Throws a [ListenException]
    /// if the address cannot be bound.
    /// @param responders asked for one a loop
    /// @param limits     asked for each connection
    /// @param nanoTime   the clock that idle connections are measured with
    public static TcpListener bind(
            EventLoops loops,
            BindAddress address,
            Wire wire,
            Supplier<Responder> responders,
            Supplier<ListenerLimits> limits,
            LongSupplier nanoTime) {
        Supplier<ListenerLimits> perLoop = () -> limits.get().ofOneLoop(loops.count());
        var draining = new AtomicBoolean();
        try {
            var deployment = loops.vertx()
                    .deployVerticle(
                            () -> new TcpAcceptor(address, wire, responders.get(), perLoop, nanoTime, draining),
                            new DeploymentOptions().setInstances(loops.count()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new TcpListener(loops.vertx(), deployment, draining);
        } catch (CompletionException failure) {
            throw new ListenException(
                    wire.transport(), address, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /// Takes no more connections and no more queries; answers that are on their way still leave.
    public void pause() {
        draining.set(true);
    }

    /// Closes the listening socket and every connection. Blocks, hence never on an event loop.
    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
}
