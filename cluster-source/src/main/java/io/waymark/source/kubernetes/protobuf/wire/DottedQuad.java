package io.waymark.source.kubernetes.protobuf.wire;

/// Dotted quads out of octets, without a text in between. Reads a subset of what
/// [io.waymark.records.address.IpAddress#parse] does, and equally.
public final class DottedQuad {
    /// What [#read] says of anything else.
    public static final long NONE = -1;

    private static final int LENGTH_MAX = 15;

    private DottedQuad() {}

    /// The 32 bits of four decimals up to 255 without leading zeros; [#NONE] if it is not that.
    public static long read(byte[] octets, int from, int length) {
        long bits = 0;
        int value = -1;
        int dots = 0;
        if (length > LENGTH_MAX) {
            return NONE;
        }
        for (int i = from; i < from + length; i++) {
            int digit = octets[i] - '0';
            if (digit >= 0 && digit <= 9 && value != 0) {
                value = value < 0 ? digit : 10 * value + digit;
            } else if (octets[i] == '.' && value >= 0) {
                bits = bits << 8 | value;
                value = -1;
                dots++;
            } else {
                return NONE;
            }
            if (value > 255) {
                return NONE;
            }
        }
        return dots == 3 && value >= 0 ? bits << 8 | value : NONE;
    }
}
