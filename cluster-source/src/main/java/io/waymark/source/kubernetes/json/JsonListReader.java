package io.waymark.source.kubernetes.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import io.waymark.source.kubernetes.protobuf.ListReader;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Reads a list, object by object while it arrives.
public final class JsonListReader {
    private final ImportDecoder decoder;

    public JsonListReader(ImportDecoder decoder) {
        this.decoder = decoder;
    }

    /// Reads `body` to the end of the list. Objects have been given to `sink` even if it throws.
    /// @return the list's resourceVersion, greater than 0
    /// @throws MalformedJson if the body is anything but one whole list
    /// @throws java.io.EOFException if it ends too early
    public long read(InputStream body, ListReader.Sink sink) throws IOException, InterruptedException {
        try {
            var reader = new JsonReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            return read(reader, sink);
        } catch (JsonParseException wrapped) {
            if (wrapped.getCause() instanceof IOException cut && !(cut instanceof MalformedJsonException)) {
                throw cut;
            }
            throw noList(wrapped);
        } catch (MalformedJsonException | IllegalStateException malformed) {
            // The latter is gson's word for a value of another kind than was asked for.
            throw noList(malformed);
        }
    }

    private static MalformedJson noList(Exception malformed) {
        return new MalformedJson("a list was asked for, and there is: "
                + UnfitObjects.printable(String.valueOf(malformed.getMessage())));
    }

    private long read(JsonReader reader, ListReader.Sink sink) throws IOException, InterruptedException {
        JsonElement metadata = JsonNull.INSTANCE;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "metadata" -> metadata = JsonParser.parseReader(reader);
                case "items" -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        sink.accept(decoder.decode(new ApiObject(JsonParser.parseReader(reader))));
                    }
                    reader.endArray();
                }
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        var head = new JsonObject();
        head.add("metadata", metadata);
        var list = new ApiObject(head);
        if (!list.child("metadata").child("continue").text().isEmpty()) {
            throw new MalformedJson("the list is a part of one, though no limit was asked for");
        }
        return list.version();
    }
}
