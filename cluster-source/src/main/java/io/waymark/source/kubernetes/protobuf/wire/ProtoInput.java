package io.waymark.source.kubernetes.protobuf.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A window on a stream of octets, wide enough for the message that is read now. It grows with the
/// largest message, up to [#MESSAGE_OCTETS_MAX], and lives as long as its stream.
public final class ProtoInput {
    /// etcd holds objects of at most 1.5 MiB by default; a larger message is no object.
    public static final int MESSAGE_OCTETS_MAX = 8 << 20;

    private static final int VARINT_OCTETS_MAX = 10;

    private final InputStream stream;
    private byte[] window;
    private int at;
    private int limit;
    private long before;

    public ProtoInput(InputStream stream, int octetsFirst) {
        this.stream = stream;
        this.window = new byte[octetsFirst];
    }

    /// Octets read so far.
    public long position() {
        return before + at;
    }

    /// Whether the stream ends here.
    public boolean atEnd() throws IOException {
        return at == limit && !fill(1);
    }

    /// Whether the stream goes on with these four octets, the highest first; they are not passed.
    public boolean startsWith(int value) throws IOException {
        return (buffered() >= 4 || fill(4)) && peekInt32() == value;
    }

    /// How many octets are here already, without waiting for more.
    public int buffered() {
        return limit - at;
    }

    /// The next four octets, which [#buffered] must count, without passing them.
    public int peekInt32() {
        return (window[at] & 0xff) << 24
                | (window[at + 1] & 0xff) << 16
                | (window[at + 2] & 0xff) << 8
                | window[at + 3] & 0xff;
    }

    /// Waits for `count` octets, sets the cursor on them and passes them.
    public void message(long count, ProtoCursor cursor) throws IOException {
        if (count < 0 || count > MESSAGE_OCTETS_MAX) {
            throw new MalformedProtobuf(
                    "a message of " + count + " octets; at most " + MESSAGE_OCTETS_MAX + " are accepted");
        }
        require((int) count);
        cursor.set(window, at, at + (int) count);
        at += (int) count;
    }

    /// Four octets, the highest first.
    public int int32() throws IOException {
        require(4);
        int value = peekInt32();
        at += 4;
        return value;
    }

    public long varint() throws IOException {
        long value = 0;
        for (int i = 0; i < VARINT_OCTETS_MAX; i++) {
            require(1);
            byte octet = window[at++];
            value |= (long) (octet & 0x7f) << 7 * i;
            if (octet >= 0) {
                return value;
            }
        }
        throw new MalformedProtobuf("malformed protobuf: a number has no end (octet " + position() + ")");
    }

    public void skip(long count) throws IOException {
        if (count < 0) {
            throw new MalformedProtobuf("malformed protobuf: a negative length (octet " + position() + ")");
        }
        long rest = count;
        while (rest > 0) {
            require(1);
            int step = (int) Math.min(rest, limit - at);
            at += step;
            rest -= step;
        }
    }

    private void require(int count) throws IOException {
        if (limit - at < count && !fill(count)) {
            throw new EOFException("the stream ended within a message, after " + (before + limit) + " octets");
        }
    }

    private boolean fill(int count) throws IOException {
        if (count > window.length - at) {
            var source = window;
            if (count > window.length) {
                window = new byte[Math.max(count, (int) Math.min(2L * window.length, MESSAGE_OCTETS_MAX))];
            }
            System.arraycopy(source, at, window, 0, limit - at);
            before += at;
            limit -= at;
            at = 0;
        }
        while (limit - at < count) {
            int read = stream.read(window, limit, window.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /// What stands next, for an error's text: printable characters, at most 80.
    public String excerpt() throws IOException {
        fill(Math.min(80, window.length));
        var text = new StringBuilder();
        for (byte octet : Arrays.copyOfRange(window, at, Math.min(limit, at + 80))) {
            text.append(octet >= ' ' && octet < 0x7f ? (char) octet : '.');
        }
        return text.toString();
    }
}
