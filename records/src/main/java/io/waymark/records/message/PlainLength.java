package io.waymark.records.message;

import io.waymark.records.rr.RecordType;

/// How long a message in wire form would be if no name in it were compressed and it had no OPT record:
/// what logs of CoreDNS call the size of a reply. Total: of what is malformed it is the length as it is.
public final class PlainLength {
    private static final int HEADER_OCTETS = 12;
    private static final int OPT = RecordType.OPT.code();
    /// Type, class, TTL and the length of the data.
    private static final int FIXED_OCTETS = 10;

    private final byte[] message;
    private int at = HEADER_OCTETS;
    private int length = HEADER_OCTETS;

    private PlainLength(byte[] message) {
        this.message = message;
    }

    /// In octets.
    /// @param message not modified
    public static int of(byte[] message) {
        try {
            return new PlainLength(message).walk();
        } catch (IndexOutOfBoundsException malformed) {
            return message.length;
        }
    }

    private int walk() {
        for (int i = u16(4); i > 0; i--) {
            length += name() + 4;
            at += 4;
        }
        for (int i = u16(6) + u16(8) + u16(10); i > 0; i--) {
            int owner = name();
            int type = u16(at);
            int end = at + FIXED_OCTETS + u16(at + 8);
            at += FIXED_OCTETS;
            length += type == OPT ? 0 : owner + FIXED_OCTETS + data(type, end);
            at = end;
        }
        return length;
    }

    // The types whose names may be compressed (RFC 3597 §4), and SRV, whose may not.
    private int data(int type, int end) {
        return switch (type) {
            case 2, 5, 12, 39 -> name();
            case 6 -> name() + name() + 20;
            case 15 -> fixed(2) + name();
            case 33 -> fixed(6) + name();
            default -> end - at;
        };
    }

    private int fixed(int octets) {
        at += octets;
        return octets;
    }

    /// The length of the name that begins here, which is passed over. A pointer leads backwards, so the
    /// steps end.
    private int name() {
        int expanded = 0;
        int from = at;
        boolean jumped = false;
        while (true) {
            int octet = message[from] & 0xff;
            if (octet >= 0xc0) {
                int target = u16(from) & 0x3fff;
                if (target >= from) {
                    throw new IndexOutOfBoundsException("a pointer leads forwards");
                }
                at = jumped ? at : from + 2;
                jumped = true;
                from = target;
            } else {
                expanded += 1 + octet;
                from += 1 + octet;
                if (octet == 0) {
                    at = jumped ? at : from;
                    return expanded;
                }
            }
        }
    }

    private int u16(int index) {
        return (message[index] & 0xff) << 8 | message[index + 1] & 0xff;
    }
}
