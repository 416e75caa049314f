package io.waymark.proxy.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A run of octets that a message or an attribute holds, read as attributes, as a number or as
/// octets. Total: a length that leads outside ends the run there, an absent attribute is an empty
/// run, and a number of another size than asked for is the one given instead.
/// A view: it is valid as long as the array is not written to.
public final class Attributes {
    /// No octets.
    public static final Attributes NONE = new Attributes(new byte[0], 0, 0);

    private static final int TYPE_MASK = 0x3fff;
    private static final VarHandle HOST_SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle HOST_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] octets;
    private final int from;
    private final int to;

    Attributes(byte[] octets, int from, int to) {
        this.octets = octets;
        this.from = from;
        this.to = to;
    }

    /// @param octets not copied
    public static Attributes of(byte[] octets) {
        return new Attributes(octets, 0, octets.length);
    }

    /// Takes one attribute after the other.
    @FunctionalInterface
    public interface Visitor {
        /// @param type   without the flags of its two highest bits
        /// @param holds  what it holds
        void visit(int type, Attributes holds);
    }

    /// Shows every attribute in the order of the octets.
    public void forEach(Visitor visitor) {
        int at = from;
        while (at + 4 <= to) {
            int size = size(at);
            if (size < 4 || size > to - at) {
                return;
            }
            visitor.visit(type(at), new Attributes(octets, at + 4, at + size));
            at += size + 3 & ~3;
        }
    }

    /// What the first attribute of that type holds; [#NONE] if there is none.
    public Attributes get(int type) {
        int at = from;
        while (at + 4 <= to) {
            int size = size(at);
            if (size < 4 || size > to - at) {
                return NONE;
            }
            if (type(at) == type) {
                return new Attributes(octets, at + 4, at + size);
            }
            at += size + 3 & ~3;
        }
        return NONE;
    }

    /// All but the first `count` octets, `0 <= count <= length()`.
    Attributes from(int count) {
        return new Attributes(octets, from + count, to);
    }

    /// One octet as a number, `0 <= index < length()`.
    public int octet(int index) {
        return octets[from + index] & 0xff;
    }

    /// Four octets as a number in host order, `0 <= index <= length() - 4`.
    public int host32(int index) {
        return (int) HOST_INT.get(octets, from + index);
    }

    private int size(int at) {
        return (short) HOST_SHORT.get(octets, at) & 0xffff;
    }

    private int type(int at) {
        return (short) HOST_SHORT.get(octets, at + 2) & TYPE_MASK;
    }

    /// The attribute as a number of one octet; `absent` if it is not that long.
    public int u8(int type, int absent) {
        var held = get(type);
        return held.length() == 1 ? octets[held.from] & 0xff : absent;
    }

    /// The attribute as a 16-bit number in network order; `absent` if it is not that long.
    public int be16(int type, int absent) {
        var held = get(type);
        return held.length() == 2 ? held.octet(0) << 8 | held.octet(1) : absent;
    }

    /// The attribute as a 32-bit number in network order; `absent` if it is not that long.
    public int be32(int type, int absent) {
        var held = get(type);
        return held.length() == 4 ? (int) BIG_INT.get(octets, held.from) : absent;
    }

    /// The attribute as a 64-bit number in network order; `absent` if it is not that long.
    public long be64(int type, long absent) {
        var held = get(type);
        return held.length() == 8 ? (long) BIG_LONG.get(octets, held.from) : absent;
    }

    /// The attribute as text, up to a NUL; empty if there is none.
    public String text(int type) {
        var held = get(type);
        int end = held.from;
        while (end < held.to && held.octets[end] != 0) {
            end++;
        }
        return new String(held.octets, held.from, end - held.from, StandardCharsets.UTF_8);
    }

    /// A copy of the octets.
    public byte[] toByteArray() {
        return Arrays.copyOfRange(octets, from, to);
    }

    /// How many octets these are.
    public int length() {
        return to - from;
    }

    public boolean isEmpty() {
        return from == to;
    }
}
