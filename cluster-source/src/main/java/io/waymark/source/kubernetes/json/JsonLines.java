package io.waymark.source.kubernetes.json;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The lines of a watch: each is one event.
final class JsonLines {
    private static final int WINDOW_OCTETS = 16 << 10;
    /// etcd takes no object of more than a tenth of it.
    private static final int LINE_OCTETS_MAX = 16 << 20;

    private final InputStream body;
    private byte[] window = new byte[WINDOW_OCTETS];
    private int from;
    private int to;

    JsonLines(InputStream body) {
        this.body = body;
    }

    /// Whether the next one is here as a whole.
    boolean hasNextAtHand() {
        return lineEnd() >= 0;
    }

    /// Waits for the next line; empty where the watch has ended.
    /// @throws MalformedJson if it is no JSON, or too long
    /// @throws EOFException  if the stream is cut within it
    Optional<ApiObject> next() throws IOException {
        int end = lineEnd();
        while (end < 0) {
            if (!fill()) {
                if (from == to) {
                    return Optional.empty();
                }
                throw new EOFException("the watch was cut within an event");
            }
            end = lineEnd();
        }
        var line = new String(window, from, end - from, StandardCharsets.UTF_8);
        from = end + 1;
        return Optional.of(ApiObject.parse(line));
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
}
