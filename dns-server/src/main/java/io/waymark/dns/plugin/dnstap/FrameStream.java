package io.waymark.dns.plugin.dnstap;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The sender's side of Frame Streams, with a handshake in both directions: READY, ACCEPT, START, data,
/// STOP, FINISH. Blocks. Confined to one thread.
final class FrameStream {
    private static final byte[] CONTENT_TYPE = "protobuf:dnstap.Dnstap".getBytes(StandardCharsets.US_ASCII);
    private static final int ACCEPT = 1;
    private static final int START = 2;
    private static final int STOP = 3;
    private static final int READY = 4;
    private static final int FINISH = 5;
    private static final int CONTENT_TYPE_FIELD = 1;
    private static final int CONTROL_OCTETS_MAX = 512;

    private final DataInputStream in;
    private final DataOutputStream out;

    private FrameStream(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    /// Shakes hands. Fails if the receiver does not accept dnstap.
    static FrameStream open(InputStream in, OutputStream out) throws IOException {
        var stream = new FrameStream(in, out);
        stream.control(READY, CONTENT_TYPE);
        stream.await(ACCEPT);
        stream.control(START, CONTENT_TYPE);
        return stream;
    }

    /// Sent when it is flushed, or before.
    void data(byte[] message) throws IOException {
        out.writeInt(message.length);
        out.write(message);
    }

    void flush() throws IOException {
        out.flush();
    }

    /// Waits until the receiver has read everything.
    void finish() throws IOException {
        control(STOP, new byte[0]);
        await(FINISH);
    }

    private void control(int type, byte[] contentType) throws IOException {
        out.writeInt(0);
        out.writeInt(contentType.length == 0 ? 4 : 12 + contentType.length);
        out.writeInt(type);
        if (contentType.length > 0) {
            out.writeInt(CONTENT_TYPE_FIELD);
            out.writeInt(contentType.length);
            out.write(contentType);
        }
        out.flush();
    }

    private void await(int type) throws IOException {
        int escape = in.readInt();
        int length = in.readInt();
        if (escape != 0 || length < 4 || length > CONTROL_OCTETS_MAX) {
            throw new IOException("the receiver does not speak Frame Streams: found a frame of " + length + " octets");
        }
        int found = in.readInt();
        in.skipNBytes(length - 4L);
        if (found != type) {
            throw new IOException("the receiver sent the control frame " + found + ", expected " + type);
        }
    }
}
