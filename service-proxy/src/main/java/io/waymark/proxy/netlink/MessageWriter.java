package io.waymark.proxy.netlink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Composes netlink messages one behind the other in an array that grows: the header (netlink(7)),
/// nfgenmsg, and attributes, which may nest. Headers are in host order; what an attribute holds is
/// in the order that its method says. Everything is padded to four octets. Not for several threads.
public final class MessageWriter {
    /// Octets of a message's header with nfgenmsg behind it.
    public static final int HEADER = 20;

    static final int TYPE_AT = 4;
    static final int FLAGS_AT = 6;
    static final int SEQUENCE_AT = 8;

    /// The length of an attribute is a 16-bit number, its own header included.
    public static final int ATTRIBUTE_MAX = 0xffff;

    private static final int NESTED = 0x8000;
    private static final VarHandle HOST_INT = view(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle HOST_SHORT = view(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle BIG_INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_LONG = view(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] octets = new byte[1024];
    private int length;

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    /// Octets written so far.
    public int length() {
        return length;
    }

    /// The array behind it, valid up to [#length] until the next write.
    byte[] octets() {
        return octets;
    }

    /// A copy of what was written.
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, length);
    }

    /// Starts a message with nfgenmsg (linux/netfilter/nfnetlink.h). Its sequence number is 0.
    /// @param resource the last field of nfgenmsg, in network order
    /// @return where it starts, for [#endMessage]
    public int beginMessage(int type, int flags, int family, int resource) {
        int start = grow(HEADER);
        HOST_SHORT.set(octets, start + TYPE_AT, (short) type);
        HOST_SHORT.set(octets, start + FLAGS_AT, (short) flags);
        octets[start + 16] = (byte) family;
        BIG_SHORT.set(octets, start + 18, (short) resource);
        return start;
    }

    /// Completes the message that starts there.
    public void endMessage(int start) {
        HOST_INT.set(octets, start, length - start);
    }

    void sequence(int start, int sequence) {
        HOST_INT.set(octets, start + SEQUENCE_AT, sequence);
    }

    void addFlags(int start, int flags) {
        int now = (short) HOST_SHORT.get(octets, start + FLAGS_AT);
        HOST_SHORT.set(octets, start + FLAGS_AT, (short) (now | flags));
    }

    /// Starts an attribute that holds attributes. @return where it starts, for [#close]
    public int open(int type) {
        return header(type | NESTED, 0);
    }

    /// As [#open], without the flag that says so: the kernel takes both, and dumps rules like this.
    public int openUnmarked(int type) {
        return header(type, 0);
    }

    /// Completes the attribute that starts there.
    /// @throws IllegalStateException if it is longer than [#ATTRIBUTE_MAX]
    public void close(int start) {
        int size = length - start;
        if (size > ATTRIBUTE_MAX) {
            throw new IllegalStateException(
                    "an attribute of " + size + " octets was composed; at most " + ATTRIBUTE_MAX + " are allowed");
        }
        HOST_SHORT.set(octets, start, (short) size);
    }

    /// A number of one octet.
    public void u8(int type, int value) {
        int start = header(type, 1);
        octets[start + 4] = (byte) value;
    }

    /// A 16-bit number in network order.
    public void be16(int type, int value) {
        int start = header(type, 2);
        BIG_SHORT.set(octets, start + 4, (short) value);
    }

    /// A 32-bit number in host order.
    public void host32(int type, int value) {
        int start = header(type, 4);
        HOST_INT.set(octets, start + 4, value);
    }

    /// A 32-bit number in network order, as nf_tables has all of its numbers.
    public void be32(int type, int value) {
        int start = header(type, 4);
        BIG_INT.set(octets, start + 4, value);
    }

    /// A 64-bit number in network order.
    public void be64(int type, long value) {
        int start = header(type, 8);
        BIG_LONG.set(octets, start + 4, value);
    }

    /// A text, ended by NUL.
    public void text(int type, String value) {
        var encoded = value.getBytes(StandardCharsets.UTF_8);
        int start = header(type, encoded.length + 1);
        System.arraycopy(encoded, 0, octets, start + 4, encoded.length);
    }

    /// Octets as they are.
    public void octets(int type, byte[] value) {
        int start = header(type, value.length);
        System.arraycopy(value, 0, octets, start + 4, value.length);
    }

    private int header(int type, int size) {
        if (size > ATTRIBUTE_MAX - 4) {
            throw new IllegalStateException("an attribute cannot hold " + size + " octets");
        }
        int start = grow(4 + size + 3 & ~3);
        HOST_SHORT.set(octets, start, (short) (4 + size));
        HOST_SHORT.set(octets, start + 2, (short) type);
        return start;
    }

    /// Appends that many octets of zero; `octets` may be another array afterwards. @return where they start
    private int grow(int count) {
        int start = length;
        length = Math.addExact(start, count);
        if (length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length, (int) Math.min(octets.length * 2L, Integer.MAX_VALUE - 8)));
        }
        return start;
    }
}
