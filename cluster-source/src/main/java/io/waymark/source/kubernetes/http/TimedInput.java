package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A socket's octets, none of which is waited for longer than the idle limit, nor past the deadline:
/// a peer that sends an octet now and then is as lost as one that sends none.
final class TimedInput extends InputStream {
    private final Socket socket;
    private final InputStream stream;
    private long idleNanos;
    private long deadlineNanos;

    TimedInput(Socket socket) throws IOException {
        this.socket = socket;
        this.stream = socket.getInputStream();
    }

    void limit(Duration idle, Duration total) {
        idleNanos = idle.toNanos();
        deadlineNanos = System.nanoTime() + total.toNanos();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long left = Math.min(idleNanos, deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("the reply was not complete in time");
        }
        // 0 would mean to wait for ever.
        socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        try {
            return stream.read(into, offset, length);
        } catch (SocketTimeoutException silent) {
            var text = "nothing came for " + TimeUnit.NANOSECONDS.toMillis(left) + " ms";
            throw (SocketTimeoutException) new SocketTimeoutException(text).initCause(silent);
        }
    }
}
