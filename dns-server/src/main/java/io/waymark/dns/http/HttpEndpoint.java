package io.waymark.dns.http;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// A small HTTP server, over TLS or not: the pages that are shown at one address, 404 for all other paths. Which
/// pages they are can change while it answers.
/// Lifecycle: [#bind], [#show], answering, [#close].
public final class HttpEndpoint implements AutoCloseable {
    private static final int IDLE_SECONDS = 30;
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(5);

    private final HttpServer server;
    private volatile Map<String, Page> pages = Map.of();

    private HttpEndpoint(EventLoops loops, Encryption encryption) {
        var options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        encryption.applyTo(options, HANDSHAKE_MAX);
        server = loops.vertx().createHttpServer(options).requestHandler(this::answer);
    }

    /// Returns once it answers, with no page yet. Blocks, hence never on an event loop. Throws a
    /// [ListenException] if the address cannot be bound.
    public static HttpEndpoint bind(EventLoops loops, BindAddress address, Encryption encryption) {
        var endpoint = new HttpEndpoint(loops, encryption);
        try {
            endpoint.server
                    .listen(address.port(), address.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return endpoint;
        } catch (CompletionException failure) {
            throw new ListenException(
                    Transport.TCP, address, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /// From now on these are the pages, by path.
    public void show(Map<String, Page> others) {
        pages = Map.copyOf(others);
    }

    private void answer(HttpServerRequest request) {
        var page = pages.get(request.path());
        if (page == null) {
            Page.text(request, 404, "404 page not found\n");
        } else {
            page.answer(request);
        }
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
