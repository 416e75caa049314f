package io.waymark.records.message;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The OPT pseudo record (RFC 6891 §6.1), taken out of the additional section. The upper eight
/// bits of the response code that it carries are in the message's [Rcode].
/// @param udpSize  the sender's payload size, 16 bits as sent; less than 512 means 512
/// @param version  8 bits; only 0 is known
/// @param dnssecOk the DO bit (RFC 3225)
public record Edns(int udpSize, int version, boolean dnssecOk, List<Option> options) {
    public static final int NSID = 3;
    public static final int EXPIRE = 9;
    public static final int COOKIE = 10;
    public static final int TCP_KEEPALIVE = 11;
    public static final int PADDING = 12;

    /// Copies the options.
    public Edns {
        options = List.copyOf(options);
    }

    /// One option (RFC 6891 §6.1.2): 16 bits of code, and octets that are not modified.
    public record Option(int code, byte[] octets) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Option(int otherCode, byte[] otherOctets)
                    && code == otherCode
                    && Arrays.equals(octets, otherOctets);
        }

        @Override
        public int hashCode() {
            return 31 * code + Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Option[" + code + ", " + HexFormat.of().formatHex(octets) + "]";
        }
    }
}
