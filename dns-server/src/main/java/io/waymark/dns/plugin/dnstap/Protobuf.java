package io.waymark.dns.plugin.dnstap;

import java.io.ByteArrayOutputStream;

/// Writes the few kinds of fields of Protocol Buffers that dnstap has.
final class Protobuf {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(128);

    /// An integer of up to 64 bits without sign, or an enum.
    Protobuf number(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    /// 32 bits, the lowest octet first.
    Protobuf fixed(int field, int value) {
        varint((long) field << 3 | FIXED_32);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            octets.write(value >>> shift);
        }
        return this;
    }

    /// Octets, or another message.
    Protobuf octets(int field, byte[] value) {
        varint((long) field << 3 | LENGTH);
        varint(value.length);
        octets.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            octets.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        octets.write((int) rest);
    }

    byte[] toByteArray() {
        return octets.toByteArray();
    }
}
