package io.waymark.source.kubernetes.protobuf;

import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;

/// What the API server wraps protobuf messages in: the four octets `k8s\0`, then a runtime.Unknown,
/// whose field `raw` is the message.
final class Envelope {
    /// The tag of `raw`.
    static final int RAW = ProtoCursor.delimited(2);

    private Envelope() {}

    /// `k8s\0` as one number.
    static final int MAGIC = 'k' << 24 | '8' << 16 | 's' << 8;

    /// Sets the cursor on the message within the envelope in `octets[from, to)`.
    static void open(byte[] octets, int from, int to, ProtoCursor cursor) throws MalformedProtobuf {
        cursor.set(octets, from, to);
        if (to - from < 4
                || octets[from] != 'k'
                || octets[from + 1] != '8'
                || octets[from + 2] != 's'
                || octets[from + 3] != 0) {
            throw cursor.malformed("an object does not begin with k8s");
        }
        cursor.rewind(from + 4);
        while (cursor.hasMore()) {
            if (cursor.tag() == RAW) {
                int length = cursor.length();
                cursor.set(octets, cursor.position(), cursor.position() + length);
                return;
            }
            cursor.skip();
        }
        // An empty message is left out on the wire.
        cursor.set(octets, to, to);
    }
}
