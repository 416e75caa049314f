package io.waymark.source.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Reads one ConfigMap from the API server, each time anew. Confined to one thread; blocks.
/// Lifecycle: reads until [#close].
public final class ConfigMapReader implements AutoCloseable {
    /// The API server keeps no ConfigMap that is larger than 1 MiB; escapes in JSON may make it longer.
    public static final int OCTETS_MAX = 8 << 20;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final int MISSING = 404;

    private final ApiServer server;
    private final String path;

    /// @param namespace and `name` are names of Kubernetes objects
    public ConfigMapReader(KubernetesConfig config, String namespace, String name) {
        for (var part : new String[] {namespace, name}) {
            if (!part.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
                throw new IllegalArgumentException("\"" + part + "\" is no name of a Kubernetes object");
            }
        }
        this.server = config.server();
        this.path = "/api/v1/namespaces/" + namespace + "/configmaps/" + name;
    }

    /// Its `data` by key; empty if there is no such ConfigMap. Throws an [IOException] that says why if
    /// the server cannot be asked, or refuses.
    public Map<String, String> read() throws IOException {
        try (var connection = server.open(CONNECT_LIMIT)) {
            connection.send(path, "application/json", "identity");
            var reply = connection.receive(PATIENCE);
            if (reply.status() == MISSING) {
                return Map.of();
            }
            if (reply.status() != 200) {
                var why = new String(reply.refusal(), StandardCharsets.UTF_8).replaceAll("\\s+", " ");
                throw new IOException(
                        "GET " + path + ": " + reply.status() + " " + why.substring(0, Math.min(why.length(), 300)));
            }
            var octets = reply.body().readNBytes(OCTETS_MAX + 1);
            if (octets.length > OCTETS_MAX) {
                throw new IOException("GET " + path + ": the answer is larger than " + OCTETS_MAX + " octets");
            }
            return data(new String(octets, StandardCharsets.UTF_8));
        }
    }

    private Map<String, String> data(String json) throws IOException {
        try {
            var data = new TreeMap<String, String>();
            if (JsonParser.parseString(json) instanceof JsonObject object
                    && object.get("data") instanceof JsonObject values) {
                for (Map.Entry<String, JsonElement> entry : values.entrySet()) {
                    data.put(entry.getKey(), entry.getValue().getAsString());
                }
            }
            return data;
        } catch (JsonParseException | UnsupportedOperationException | IllegalStateException malformed) {
            throw new IOException("GET " + path + ": the answer is no ConfigMap", malformed);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
