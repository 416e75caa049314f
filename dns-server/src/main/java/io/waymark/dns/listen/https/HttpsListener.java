package io.waymark.dns.listen.https;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.pipeline.respond.Responder;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// Answers queries that arrive over HTTP/2 and HTTP/1.1 (RFC 8484), encrypted or, behind a proxy that
/// ends the TLS, not. Owns one listening socket, whose connections Vert.x deals out to the loops.
/// Lifecycle: [#bind], answering, [#pause], [#close].
public final class HttpsListener implements AutoCloseable {
    private final Vertx vertx;
    private final String deployment;
    private final Shared shared;

    private HttpsListener(Vertx vertx, String deployment, Shared shared) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.shared = shared;
    }

    /// What holds for a listener.
    /// @param limits  of its connections, as for TCP
    /// @param https   further ones
    /// @param counted told the status of each response
    public record Bounds(ListenerLimits limits, HttpsLimits https, IntConsumer counted) {}

    /// What the loops of one listener have in common. Any thread.
    static final class Shared {
        private final Supplier<Bounds> bounds;
        private final AtomicInteger connections = new AtomicInteger();
        private volatile boolean draining;

        private Shared(Supplier<Bounds> bounds) {
            this.bounds = bounds;
        }

        ListenerLimits limits() {
            return bounds.get().limits();
        }

        HttpsLimits https() {
            return bounds.get().https();
        }

        void count(int status) {
            bounds.get().counted().accept(status);
        }

        boolean draining() {
            return draining;
        }

        /// Whether there is room for one more connection, which [#leave]s when it is closed.
        boolean enter() {
            if (connections.incrementAndGet() <= https().connectionsMax()) {
                return true;
            }
            leave();
            return false;
        }

        void leave() {
            connections.decrementAndGet();
        }
    }

    /// Returns once it answers. Blocks, hence never on an event loop. Throws a [ListenException]
    /// if the address cannot be bound.
    /// @param responders asked for one a loop
    /// @param bounds     asked again and again
    public static HttpsListener bind(
            EventLoops loops,
            BindAddress address,
            Encryption encryption,
            Supplier<Responder> responders,
            Supplier<Bounds> bounds) {
        var shared = new Shared(bounds);
        try {
            var deployment = loops.vertx()
                    .deployVerticle(
                            () -> new HttpsAcceptor(address, encryption, responders.get(), shared),
                            new DeploymentOptions().setInstances(loops.count()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new HttpsListener(loops.vertx(), deployment, shared);
        } catch (CompletionException failure) {
            throw new ListenException(
                    Transport.HTTPS, address, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /// Takes no more connections and no more queries; answers that are on their way still leave.
    public void pause() {
        shared.draining = true;
    }

    /// Closes the listening socket and every connection. Blocks, hence never on an event loop.
    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
}
