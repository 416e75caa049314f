package io.waymark.source.kubernetes.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.source.kubernetes.protobuf.ApiStatus;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import java.util.List;
import java.util.UUID;

/// One place in a JSON text. What is not there, or is of another shape than was asked for, reads as
/// if it were empty: the API server has checked it against the schema of its definition.
record ApiObject(JsonElement json) {
    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String VERSION_FORM = "[0-9]{1,18}";

    /// The whole of a text.
    static ApiObject parse(String text) throws MalformedJson {
        try {
            return new ApiObject(JsonParser.parseString(text));
        } catch (JsonParseException malformed) {
            throw new MalformedJson(UnfitObjects.printable(text));
        }
    }

    ApiObject child(String name) {
        return new ApiObject(
                json instanceof JsonObject object && object.has(name) ? object.get(name) : JsonNull.INSTANCE);
    }

    String text() {
        return json instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
    }

    /// A whole number of up to nine digits, otherwise 0.
    int number() {
        var digits = text();
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    List<ApiObject> items() {
        return json instanceof JsonArray array
                ? array.asList().stream().map(ApiObject::new).toList()
                : List.of();
    }

    /// `metadata.namespace` and `metadata.name`.
    NamespacedName name() {
        var metadata = child("metadata");
        return new NamespacedName(
                metadata.child("namespace").text(), metadata.child("name").text());
    }

    /// `metadata.resourceVersion`, greater than 0.
    long version() throws MalformedJson {
        var version = child("metadata").child("resourceVersion").text();
        if (!version.matches(VERSION_FORM) || Long.parseLong(version) == 0) {
            throw new MalformedJson("the resourceVersion is " + UnfitObjects.quoted(version)
                    + ", no decimal above 0 of at most 18 digits");
        }
        return Long.parseLong(version);
    }

    Origin origin() throws MalformedJson {
        var uid = child("metadata").child("uid").text();
        if (!uid.matches(UUID_FORM)) {
            return new Origin.Api(0, 0, version());
        }
        var parsed = UUID.fromString(uid);
        return new Origin.Api(parsed.getMostSignificantBits(), parsed.getLeastSignificantBits(), version());
    }

    /// Of a `Status`: why the server says no.
    ApiStatus status() {
        return new ApiStatus(
                child("code").number(),
                UnfitObjects.printable(child("reason").text()),
                UnfitObjects.printable(child("message").text()));
    }
}
