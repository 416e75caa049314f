package io.waymark.source.kubernetes.json;

import io.waymark.source.kubernetes.protobuf.ApiStatus;
import io.waymark.source.kubernetes.protobuf.EventReader;
import io.waymark.source.kubernetes.protobuf.UnfitObjects;
import io.waymark.source.kubernetes.protobuf.WatchEvent;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads a watch: one WatchEvent a line.
public final class JsonWatchReader implements EventReader {
    private static final int WINDOW_OCTETS = 16 << 10;
    /// etcd takes no object of more than a tenth of it.
    private static final int LINE_OCTETS_MAX = 16 << 20;

    private final InputStream body;
    private final ImportDecoder decoder;
    private byte[] window = new byte[WINDOW_OCTETS];
    private int from;
    private int to;

    public JsonWatchReader(InputStream body, ImportDecoder decoder) {
        this.body = body;
        this.decoder = decoder;
    }

    @Override
    public boolean hasNextAtHand() {
        return lineEnd() >= 0;
    }

    /// Waits for the next line.
    /// @throws MalformedJson if it is no event
    /// @throws EOFException  if the stream is cut within it
    @Override
    public WatchEvent next() throws IOException {
        int end = lineEnd();
        while (end < 0) {
            if (!fill()) {
                if (from == to) {
                    return new WatchEvent.Ended();
                }
                throw new EOFException("the watch was cut within an event");
            }
            end = lineEnd();
        }
        var line = new String(window, from, end - from, StandardCharsets.UTF_8);
        from = end + 1;
        return event(ApiObject.parse(line));
    }

    /// Where the line at hand ends, or -1.
    private int lineEnd() {
        for (int i = from; i < to; i++) {
            if (window[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (to - from > LINE_OCTETS_MAX) {
            throw new MalformedJson("an event of more than " + LINE_OCTETS_MAX + " octets");
        }
        System.arraycopy(window, from, window, 0, to - from);
        to -= from;
        from = 0;
        if (to == window.length) {
            window = Arrays.copyOf(window, 2 * window.length);
        }
        int read = body.read(window, to, window.length - to);
        to += Math.max(0, read);
        return read > 0;
    }

    private WatchEvent event(ApiObject event) throws MalformedJson {
        var object = event.child("object");
        var type = event.child("type").text();
        return switch (type) {
            case "ADDED", "MODIFIED" -> new WatchEvent.Changed(decoder.decode(object), object.version());
            case "DELETED" -> new WatchEvent.Changed(decoder.removal(object.name()), object.version());
            case "BOOKMARK" -> new WatchEvent.Bookmark(object.version());
            case "ERROR" -> new WatchEvent.Failed(status(object));
            default -> throw new MalformedJson("a watch event of type " + UnfitObjects.quoted(type));
        };
    }

    private static ApiStatus status(ApiObject status) {
        return new ApiStatus(
                status.child("code").number(),
                UnfitObjects.printable(status.child("reason").text()),
                UnfitObjects.printable(status.child("message").text()));
    }
}
