package io.waymark.source.kubernetes.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of a reply (RFC 9112 §6): of known length, in chunks, or up to the end of the
/// connection. Ends only where the body ends; a connection that ends before is an [EOFException].
final class HttpBody extends InputStream {
    private static final int CHUNK_LINE_MAX = 1024;
    private static final int TRAILER_LINES_MAX = 32;

    private final HttpInput input;
    private final Framing framing;
    private long left;
    private boolean first = true;
    private boolean ended;

    /// How the end of a body is known.
    sealed interface Framing {
        record Length(long octets) implements Framing {}

        record Chunked() implements Framing {}

        record UntilClose() implements Framing {}
    }

    HttpBody(HttpInput input, Framing framing) {
        this.input = input;
        this.framing = framing;
        switch (framing) {
            case Framing.Length(long octets) -> {
                left = octets;
                ended = octets == 0;
            }
            case Framing.Chunked() -> left = 0;
            case Framing.UntilClose() -> left = Long.MAX_VALUE;
        }
    }

    /// Whether the connection can carry another reply: the body was read to its end and had one.
    boolean isSpent() {
        return ended && !(framing instanceof Framing.UntilClose);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (!ended && left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = input.read(into, offset, (int) Math.min(left, length));
        if (read < 0) {
            ended = true;
            if (framing instanceof Framing.UntilClose) {
                return -1;
            }
            throw new EOFException("the connection was closed within a reply");
        }
        left -= read;
        if (left == 0 && framing instanceof Framing.Length) {
            ended = true;
        }
        return read;
    }

    /// What can be had without waiting, which is nothing: GZIPInputStream asks, to find a second
    /// member behind the first.
    @Override
    public int available() {
        return 0;
    }

    private void nextChunk() throws IOException {
        if (!first) {
            input.line(CHUNK_LINE_MAX);
        }
        first = false;
        var line = input.line(CHUNK_LINE_MAX);
        int semicolon = line.indexOf(';');
        var size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        try {
            left = Long.parseLong(size, 16);
        } catch (NumberFormatException noSize) {
            throw new IOException("malformed HTTP: a chunk's size is \"" + size + "\"", noSize);
        }
        if (left < 0) {
            throw new IOException("malformed HTTP: a chunk's size is \"" + size + "\"");
        }
        if (left == 0) {
            endOfChunks();
        }
    }

    private void endOfChunks() throws IOException {
        for (int i = 0; i < TRAILER_LINES_MAX; i++) {
            if (input.line(CHUNK_LINE_MAX).isEmpty()) {
                ended = true;
                return;
            }
        }
        throw new IOException("malformed HTTP: more than " + TRAILER_LINES_MAX + " trailer lines");
    }
}
