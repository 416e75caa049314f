package io.waymark.source.kubernetes.json;

import io.waymark.source.kubernetes.protobuf.EventReader;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import io.waymark.source.kubernetes.protobuf.WatchEvent;
import java.io.IOException;
import java.io.InputStream;

/// Reads a watch: one WatchEvent a line.
public final class JsonWatchReader implements EventReader {
    private final JsonLines lines;
    private final ImportDecoder decoder;

    public JsonWatchReader(InputStream body, ImportDecoder decoder) {
        this.lines = new JsonLines(body);
        this.decoder = decoder;
    }

    @Override
    public boolean hasNextAtHand() {
        return lines.hasNextAtHand();
    }

    /// Waits for the next line.
    /// @throws MalformedJson        if it is no event
    /// @throws java.io.EOFException if the stream is cut within it
    @Override
    public WatchEvent next() throws IOException {
        var line = lines.next();
        return line.isPresent() ? event(line.get()) : new WatchEvent.Ended();
    }

    private WatchEvent event(ApiObject event) throws MalformedJson {
        var object = event.child("object");
        var type = event.child("type").text();
        return switch (type) {
            case "ADDED", "MODIFIED" -> new WatchEvent.Changed(decoder.decode(object), object.version());
            case "DELETED" -> new WatchEvent.Changed(decoder.removal(object.name()), object.version());
            case "BOOKMARK" -> new WatchEvent.Bookmark(object.version());
            case "ERROR" -> new WatchEvent.Failed(object.status());
            default -> throw new MalformedJson("a watch event of type " + UnfitObjects.quoted(type));
        };
    }
}
