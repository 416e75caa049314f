package io.waymark.records.message;

/// The first four octets of a message (RFC 1035 §4.1.1, RFC 4035 §3.1.6): the ID and the flags.
/// The counts of the sections follow from the message.
/// @param id    16 bits
/// @param flags 16 bits as on the wire: QR, OPCODE, AA, TC, RD, RA, Z, AD, CD, RCODE
public record Header(int id, int flags) {
    public static final int QR = 0x8000;
    public static final int AA = 0x0400;
    public static final int TC = 0x0200;
    public static final int RD = 0x0100;
    public static final int RA = 0x0080;
    public static final int AD = 0x0020;
    public static final int CD = 0x0010;

    public static final int OPCODE_QUERY = 0;
    public static final int OPCODE_NOTIFY = 4;
    public static final int OPCODE_UPDATE = 5;

    /// Whether all bits of `mask` are set.
    public boolean has(int mask) {
        return (flags & mask) == mask;
    }

    /// Four bits: what kind of message it is.
    public int opcode() {
        return flags >>> 11 & 0xf;
    }

    /// The low four bits of the response code; EDNS holds the rest.
    public int rcodeLow() {
        return flags & 0xf;
    }
}
