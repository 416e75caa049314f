package io.waymark.dns.plugin.forward.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import io.waymark.dns.loops.EventLoops;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// An upstream over HTTPS (DoH, RFC 8484), HTTP/2 or what it can, at the path `/dns-query`, whichever
/// way is asked for. Questions to it share connections.
public final class HttpsUpstream implements Upstream {
    private static final String MEDIA_TYPE = "application/dns-message";
    private static final String PATH = "/dns-query";
    private static final int CONNECTIONS_MAX = 8;
    private static final int WAITING_MAX = 4_096;

    private final HttpClient client;
    private final Endpoint endpoint;
    private final String host;
    private final Method method;
    private final Asking.Place place;

    /// How the question is put into a request.
    public enum Method {
        POST,
        GET
    }

    /// @param serverName what its certificate must be for; empty for its address
    public HttpsUpstream(
            EventLoops loops,
            Endpoint endpoint,
            String serverName,
            TlsIdentity identity,
            Method method,
            StreamLimits limits,
            UpstreamMetrics metrics,
            LongSupplier nanoTime) {
        this.endpoint = endpoint;
        this.host = serverName.isEmpty() ? endpoint.host() : serverName;
        this.method = method;
        this.place = new Asking.Place(endpoint.name(), "https", metrics, nanoTime);
        this.client = client(loops.vertx(), endpoint, identity, limits);
    }

    private static HttpClient client(Vertx vertx, Endpoint endpoint, TlsIdentity identity, StreamLimits limits) {
        var options = new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setVerifyHost(true)
                .setTrustOptions(TrustOptions.wrap(identity.trust()))
                .setMaxChunkSize(Message.OCTETS_MAX)
                .setKeepAliveTimeout(seconds(limits))
                .setHttp2KeepAliveTimeout(seconds(limits));
        identity.key().ifPresent(key -> options.setKeyCertOptions(KeyCertOptions.wrap(key)));
        endpoint.source()
                .ifPresent(source -> options.setLocalAddress(source.getAddress().getHostAddress()));
        int connections = limits.idleMax() == 0 ? CONNECTIONS_MAX : limits.idleMax();
        return vertx.createHttpClient(
                options,
                new PoolOptions()
                        .setHttp1MaxSize(connections)
                        .setHttp2MaxSize(Math.min(connections, 2))
                        .setMaxWaitQueueSize(WAITING_MAX));
    }

    private static int seconds(StreamLimits limits) {
        return Math.clamp(limits.expire().toSeconds(), 1, Integer.MAX_VALUE);
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
        var asking = new Asking(place, query, 0);
        long millis = Math.max(1, patience.total().toMillis());
        var request = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(endpoint.address().getPort(), endpoint.host()))
                .setHost(host)
                .setPort(endpoint.address().getPort())
                .setSsl(true)
                .setTimeout(millis)
                .setMethod(method == Method.POST ? HttpMethod.POST : HttpMethod.GET)
                .setURI(method == Method.POST ? PATH : PATH + "?dns=" + inUrl(asking.octets()))
                .putHeader("accept", MEDIA_TYPE);
        client.request(request)
                .compose(opened -> send(opened, asking))
                .compose(HttpsUpstream::body)
                .onSuccess(body -> {
                    asking.read(body.getBytes()).ifPresent(asking::complete);
                    asking.fail("what it sent is no reply to the question");
                })
                .onFailure(asking::fail);
        return asking.reply();
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Asking asking) {
        return switch (method) {
            case GET -> request.send();
            case POST -> request.putHeader("content-type", MEDIA_TYPE).send(Buffer.buffer(asking.octets()));
        };
    }

    /// At most as long as a message can be.
    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            var _ = response.request().reset();
            return Future.failedFuture("it replied with the HTTP status " + response.statusCode());
        }
        var octets = Buffer.buffer();
        response.handler(chunk -> {
            if (octets.length() + chunk.length() > Message.OCTETS_MAX) {
                var _ = response.request().reset();
            } else {
                octets.appendBuffer(chunk);
            }
        });
        return response.end().map(end -> octets);
    }

    private static String inUrl(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    @Override
    public void close() {
        var _ = client.close();
    }
}
