package io.waymark.dns.listen.https;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The connections that one event loop has of an [HttpsListener]. Confined to that loop.
final class HttpsAcceptor extends VerticleBase {
    private static final int BACKLOG = 1_024;
    /// Base64 takes a third more than the octets, and the path stands before it.
    private static final int LINE_OCTETS_BESIDE = 256;

    private final BindAddress address;
    private final Encryption encryption;
    private final Responder responder;
    private final HttpsListener.Shared shared;

    HttpsAcceptor(BindAddress address, Encryption encryption, Responder responder, HttpsListener.Shared shared) {
        this.address = address;
        this.encryption = encryption;
        this.responder = responder;
        this.shared = shared;
    }

    @Override
    public Future<?> start() {
        var timeouts = shared.limits().timeouts();
        var options = new HttpServerOptions();
        options.setTcpNoDelay(true)
                .setAcceptBacklog(BACKLOG)
                .setReuseAddress(true)
                .setReusePort(true)
                .setIdleTimeout(Math.toIntExact(Math.min(timeouts.idle().toMillis(), Integer.MAX_VALUE)))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setMaxInitialLineLength(shared.limits().queryOctetsMax() * 4 / 3 + LINE_OCTETS_BESIDE)
                .setUseAlpn(encryption instanceof Encryption.Tls)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(shared.https().streamsMax()));
        encryption.applyTo(options, timeouts.read());
        return vertx.createHttpServer(options)
                .connectionHandler(this::accept)
                .requestHandler(this::answer)
                .invalidRequestHandler(request -> end(request, 400, "expected an HTTP request"))
                .listen(address.port(), address.host());
    }

    private void accept(HttpConnection connection) {
        if (shared.draining() || !shared.enter()) {
            connection.close();
        } else {
            connection.closeHandler(closed -> shared.leave());
        }
    }

    private void answer(HttpServerRequest request) {
        if (shared.draining()) {
            end(request, 503, "the server ends");
            return;
        }
        int octetsMax = shared.limits().queryOctetsMax();
        var values = request.params().getAll("dns");
        switch (DohRequest.of(request.method().name(), request.path(), values, octetsMax)) {
            case DohRequest.Query(var octets) -> respond(request, octets);
            case DohRequest.InBody inBody -> collect(request, octetsMax);
            case DohRequest.Bad(int status, var why) -> end(request, status, why);
        }
    }

    private void collect(HttpServerRequest request, int octetsMax) {
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= octetsMax) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(whole -> {
            switch (DohRequest.ofBody(body.getBytes(), octetsMax)) {
                case DohRequest.Query(var octets) -> respond(request, octets);
                case DohRequest.Bad(int status, var why) -> end(request, status, why);
                case DohRequest.InBody again -> throw new IllegalStateException("a body is read once");
            }
        });
    }

    private void respond(HttpServerRequest request, byte[] octets) {
        var client = new Client(Transport.HTTPS, address(request.remoteAddress()), address(request.localAddress()));
        switch (responder.respond(octets, 0, octets.length, client)) {
            case Response.Later(var later, var sent) -> {
                var _ = later.thenAccept(last -> context.runOnContext(onLoop -> {
                    send(request, last);
                    sent.run();
                }));
            }
            case Response.Octets now -> send(request, now);
            case Response.Silence silence -> send(request, silence);
            case Response.Several several -> send(request, several);
        }
    }

    private void send(HttpServerRequest request, Response response) {
        switch (response) {
            case Response.Octets(var octets) -> {
                shared.count(200);
                unlessGone(
                        request.response(),
                        open -> open.putHeader("content-type", DohRequest.MEDIA_TYPE)
                                .putHeader("cache-control", "max-age=" + Freshness.seconds(octets))
                                .end(Buffer.buffer(octets)));
            }
            case Response.Silence silence -> end(request, 500, "no response");
            case Response.Several several -> {
                several.sent().run();
                end(request, 500, "an answer of several messages is not for HTTP");
            }
            case Response.Later later -> throw new IllegalStateException("what was waited for is final");
        }
    }

    private void end(HttpServerRequest request, int status, String why) {
        shared.count(status);
        unlessGone(
                request.response(),
                open -> open.setStatusCode(status)
                        .putHeader("content-type", "text/plain; charset=utf-8")
                        .end(why + "\n"));
    }

    private static InetSocketAddress address(SocketAddress of) {
        return new InetSocketAddress(InetAddress.ofLiteral(of.hostAddress()), of.port());
    }

    // A client may leave while it is answered.
    private static void unlessGone(HttpServerResponse response, Consumer<HttpServerResponse> send) {
        if (!response.closed() && !response.ended()) {
            send.accept(response);
        }
    }
}
