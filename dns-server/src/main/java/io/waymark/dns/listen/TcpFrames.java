package io.waymark.dns.listen;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// Cuts the octets of a TCP connection into messages, each after two octets of length (RFC 1035
/// §4.2.2), however the network cut them. Pure; keeps no more than what it was fed and did not
/// give out, which its owner bounds by not feeding on.
final class TcpFrames {
    /// Fewer octets than the header of a message has: whoever sends that speaks no DNS.
    private static final int OCTETS_MIN = 12;

    private final int octetsMax;
    private byte[] octets = new byte[0];
    private int start;
    private int end;

    TcpFrames(int octetsMax) {
        this.octetsMax = octetsMax;
    }

    void feed(Buffer chunk) {
        int kept = end - start;
        if (end + chunk.length() > octets.length) {
            var larger = new byte[kept + chunk.length()];
            System.arraycopy(octets, start, larger, 0, kept);
            octets = larger;
            start = 0;
            end = kept;
        }
        chunk.getBytes(0, chunk.length(), octets, end);
        end += chunk.length();
    }

    /// Whether the next frame is of a length that no query has.
    boolean broken() {
        return end - start >= 2 && (length() < OCTETS_MIN || length() > octetsMax);
    }

    /// The next message without its length, if it is here in full.
    Optional<byte[]> next() {
        if (end - start < 2 || broken() || end - start < 2 + length()) {
            return Optional.empty();
        }
        var message = new byte[length()];
        System.arraycopy(octets, start + 2, message, 0, message.length);
        start += 2 + message.length;
        if (start == end) {
            octets = new byte[0];
            start = 0;
            end = 0;
        }
        return Optional.of(message);
    }

    private int length() {
        return (octets[start] & 0xff) << 8 | octets[start + 1] & 0xff;
    }
}
