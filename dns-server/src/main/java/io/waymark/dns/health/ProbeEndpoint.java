package io.waymark.dns.health;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Transport;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// A small HTTP server that answers probes: one path each, 404 for all others.
/// Lifecycle: [#bind], answering, [#close].
public final class ProbeEndpoint implements AutoCloseable {
    private static final int IDLE_SECONDS = 30;

    private final HttpServer server;

    private ProbeEndpoint(HttpServer server) {
        this.server = server;
    }

    /// Returns once it answers. Blocks, hence never on an event loop. Throws a [ListenException] if
    /// the address cannot be bound.
    /// @param probes by path; asked on an event loop
    public static ProbeEndpoint bind(EventLoops loops, BindAddress address, Map<String, Supplier<ProbeReply>> probes) {
        var options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        var server = loops.vertx().createHttpServer(options).requestHandler(request -> answer(request, probes));
        try {
            server.listen(address.port(), address.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new ProbeEndpoint(server);
        } catch (CompletionException failure) {
            throw new ListenException(
                    Transport.TCP, address, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    private static void answer(HttpServerRequest request, Map<String, Supplier<ProbeReply>> probes) {
        var probe = probes.get(request.path());
        var reply = probe == null ? new ProbeReply(404, "404 page not found\n") : probe.get();
        request.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(reply.body());
    }

    /// The port it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Returns once the port is free. Blocks, hence never on an event loop.
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
