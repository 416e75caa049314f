package io.waymark.source.kubernetes.json;

import com.google.gson.JsonObject;
import io.waymark.source.kubernetes.protobuf.ApiStatus;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What the API server says of one ConfigMap, in a list of it alone and in watches.
public final class ConfigMapJson {
    /// It keeps no ConfigMap that is larger than 1 MiB; escapes in JSON may make it longer.
    private static final int LIST_OCTETS_MAX = 8 << 20;

    private final JsonLines lines;

    /// @param watch the body of a watch
    public ConfigMapJson(InputStream watch) {
        this.lines = new JsonLines(watch);
    }

    /// A list.
    /// @param data    of the first object, by key; empty if there is none
    /// @param version from which a watch goes on
    public record Listed(Map<String, String> data, long version) {}

    /// What comes in a watch.
    public sealed interface Event {
        /// It is so from now on; empty if it has been deleted.
        record Changed(Map<String, String> data) implements Event {}

        /// A sign of life.
        record Bookmark() implements Event {}

        /// The server gives the watch up.
        record Failed(ApiStatus status) implements Event {}

        /// The watch has ended in order.
        record Ended() implements Event {}
    }

    /// Reads `body` to its end.
    /// @throws MalformedJson if it is anything but a list
    public static Listed list(InputStream body) throws IOException {
        var octets = body.readNBytes(LIST_OCTETS_MAX + 1);
        if (octets.length > LIST_OCTETS_MAX) {
            throw new MalformedJson("a list of more than " + LIST_OCTETS_MAX + " octets, of one ConfigMap");
        }
        var list = ApiObject.parse(new String(octets, StandardCharsets.UTF_8));
        var items = list.child("items").items();
        return new Listed(items.isEmpty() ? Map.of() : data(items.getFirst()), list.version());
    }

    /// A `Status` that came in the place of what was asked for; all zero if it is none.
    public static ApiStatus refusal(byte[] body) {
        try {
            return ApiObject.parse(new String(body, StandardCharsets.UTF_8)).status();
        } catch (MalformedJson other) {
            return new ApiStatus(0, "", "");
        }
    }

    /// Waits for the next event.
    /// @throws MalformedJson        if it is none
    /// @throws java.io.EOFException if the stream is cut within it
    public Event next() throws IOException {
        var line = lines.next();
        if (line.isEmpty()) {
            return new Event.Ended();
        }
        var type = line.get().child("type").text();
        var object = line.get().child("object");
        return switch (type) {
            case "ADDED", "MODIFIED" -> new Event.Changed(data(object));
            case "DELETED" -> new Event.Changed(Map.of());
            case "BOOKMARK" -> new Event.Bookmark();
            case "ERROR" -> new Event.Failed(object.status());
            default -> throw new MalformedJson("a watch event of type " + UnfitObjects.quoted(type));
        };
    }

    private static Map<String, String> data(ApiObject configMap) {
        var data = new TreeMap<String, String>();
        if (configMap.child("data").json() instanceof JsonObject values) {
            for (var key : values.keySet()) {
                data.put(key, configMap.child("data").child(key).text());
            }
        }
        return data;
    }
}
