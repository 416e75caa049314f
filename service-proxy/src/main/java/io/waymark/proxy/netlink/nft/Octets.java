package io.waymark.proxy.netlink.nft;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// Octets that do not change, equal by what they are: a key, a value, a constant of a rule.
public final class Octets {
    private final byte[] held;

    private Octets(byte[] held) {
        this.held = held;
    }

    /// @param octets copied
    public static Octets of(byte... octets) {
        return new Octets(octets.clone());
    }

    /// The array itself: its owner gives it away and does not touch it again.
    public static Octets owning(byte[] octets) {
        return new Octets(octets);
    }

    /// 32-bit numbers in host order.
    public static Octets ofHost(int... words) {
        var buffer = ByteBuffer.allocate(words.length * 4).order(ByteOrder.nativeOrder());
        buffer.asIntBuffer().put(words);
        return new Octets(buffer.array());
    }

    public int length() {
        return held.length;
    }

    /// Four octets as a number in host order, `0 <= index <= length() - 4`.
    public int host32(int index) {
        return ByteBuffer.wrap(held).order(ByteOrder.nativeOrder()).getInt(index);
    }

    /// Two octets as a number in network order, `0 <= index <= length() - 2`.
    public int be16(int index) {
        return (held[index] & 0xff) << 8 | held[index + 1] & 0xff;
    }

    /// One octet, `0 <= index < length()`.
    public int octet(int index) {
        return held[index] & 0xff;
    }

    /// A run of them, `0 <= from <= to <= length()`.
    public Octets slice(int from, int to) {
        return new Octets(Arrays.copyOfRange(held, from, to));
    }

    public byte[] toByteArray() {
        return held.clone();
    }

    /// For composing: not to be written to, nor kept.
    byte[] borrowed() {
        return held;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets octets && Arrays.equals(held, octets.held);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(held);
    }

    /// Hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(held);
    }
}
