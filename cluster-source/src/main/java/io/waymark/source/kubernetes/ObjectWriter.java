package io.waymark.source.kubernetes;

import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.HttpConnection;
import io.waymark.source.kubernetes.json.ConfigMapJson;
import io.waymark.source.kubernetes.pace.RequestLimits;
import io.waymark.source.kubernetes.pace.RequestPace;
import io.waymark.source.kubernetes.pace.Timing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes objects to an API server, one after the other, on one connection that is kept. One thread at a
/// time writes, and waits; any may [#close], which ends the wait.
public final class ObjectWriter implements AutoCloseable {
    private final ApiServer server;
    private final RequestPace pace;
    private final Timing timing = Timing.DEFAULT;
    private @Nullable HttpConnection connection;

    /// Connects with the first object.
    public ObjectWriter(KubernetesConfig config, RequestLimits limits) {
        this.server = config.server();
        this.pace = new RequestPace(limits, System.nanoTime());
    }

    /// What became of an object.
    public sealed interface Written {
        record Done() implements Written {}

        /// The server said no.
        /// @param status of HTTP, such as 404
        record Refused(int status, String why) implements Written {}

        /// Nobody knows.
        record Unreachable(String why) implements Written {}
    }

    /// Creates an object.
    /// @param collection such as `/apis/events.k8s.io/v1/namespaces/shop/events`
    public Written create(String collection, String json) throws InterruptedException {
        return write("POST", collection, "application/json", json);
    }

    /// Changes an object by a JSON merge patch (RFC 7396).
    public Written patch(String object, String merge) throws InterruptedException {
        return write("PATCH", object, "application/merge-patch+json", merge);
    }

    private Written write(String method, String target, String type, String json) throws InterruptedException {
        pace.admitRequest();
        boolean isKept = connection != null;
        try {
            return send(method, target, type, json);
        } catch (IOException failure) {
            disconnect();
            if (!isKept) {
                return new Written.Unreachable(FailureText.of(failure));
            }
        }
        // The server may have ended a connection that was long idle.
        try {
            return send(method, target, type, json);
        } catch (IOException failure) {
            disconnect();
            return new Written.Unreachable(FailureText.of(failure));
        }
    }

    private Written send(String method, String target, String type, String json) throws IOException {
        var open = connection == null ? server.open(timing.connect()) : connection;
        connection = open;
        open.send(method, target, type, json.getBytes(StandardCharsets.UTF_8));
        var reply = open.receive(timing.watchHead());
        var body = reply.refusal();
        if (reply.status() == 401) {
            server.credential().refused();
        }
        if (!open.finish(reply)) {
            disconnect();
        }
        if (reply.status() < 300) {
            return new Written.Done();
        }
        var why = Optional.of(ConfigMapJson.refusal(body))
                .filter(status -> status.code() != 0)
                .map(Object::toString)
                .orElse("status " + reply.status());
        return new Written.Refused(reply.status(), why);
    }

    private void disconnect() {
        var open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
