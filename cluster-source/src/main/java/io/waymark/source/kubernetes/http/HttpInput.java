package io.waymark.source.kubernetes.http;

import java.io.EOFException;
import java.io.IOException;

/// A connection's octets, read by lines (heads, chunk sizes) and by pieces (bodies).
final class HttpInput {
    private static final int BUFFER_OCTETS = 16 << 10;

    private final TimedInput stream;
    private final byte[] buffer = new byte[BUFFER_OCTETS];
    private int at;
    private int limit;

    HttpInput(TimedInput stream) {
        this.stream = stream;
    }

    /// The next line without its end, which may lack the CR (RFC 9112 §2.2).
    /// @param octetsMax above which it throws
    String line(int octetsMax) throws IOException {
        var line = new StringBuilder();
        while (line.length() <= octetsMax) {
            if (at == limit && !fill()) {
                throw new EOFException("the connection was closed within a reply's head");
            }
            char c = (char) (buffer[at++] & 0xff);
            if (c == '\n') {
                int end = line.length();
                if (end > 0 && line.charAt(end - 1) == '\r') {
                    line.setLength(end - 1);
                }
                return line.toString();
            }
            line.append(c);
        }
        throw new IOException("malformed HTTP: a line of more than " + octetsMax + " octets");
    }

    /// At least one octet, or -1 at the end of the connection.
    int read(byte[] into, int offset, int length) throws IOException {
        if (at == limit) {
            // Large pieces go where they are wanted, without a copy.
            if (length >= BUFFER_OCTETS) {
                return stream.read(into, offset, length);
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - at);
        System.arraycopy(buffer, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, stream.read(buffer, 0, buffer.length));
        return limit > 0;
    }
}
