package io.waymark.records.message;

import io.waymark.records.rr.RecordType;

/// The response code of a message in wire form, for those who have no parsed one: the four bits of the
/// header, and the eight of the OPT record if there is one (RFC 6891 §6.1.3). Allocates nothing.
public final class WireRcode {
    private static final int HEADER_OCTETS = 12;
    /// Of an OPT record without options.
    private static final int OPT_OCTETS = 11;

    private WireRcode() {}

    /// 0 to 4095. What is malformed has the code of its header.
    /// @param message at least a header long; not modified
    public static int of(byte[] message) {
        int low = message[3] & 0xf;
        if (u16(message, 10) == 0) {
            return low;
        }
        int last = message.length - OPT_OCTETS;
        return last >= HEADER_OCTETS && isOpt(message, last) && u16(message, message.length - 2) == 0
                ? upper(message, last) | low
                : walked(message) | low;
    }

    // The OPT record has options, or is not the last.
    private static int walked(byte[] message) {
        int at = HEADER_OCTETS;
        for (int i = u16(message, 4); i > 0 && at < message.length; i--) {
            at = behindName(message, at) + 4;
        }
        int records = u16(message, 6) + u16(message, 8) + u16(message, 10);
        for (int i = records; i > 0 && at + OPT_OCTETS <= message.length; i--) {
            if (isOpt(message, at)) {
                return upper(message, at);
            }
            int behind = behindName(message, at);
            if (behind + 10 > message.length) {
                return 0;
            }
            at = behind + 10 + u16(message, behind + 8);
        }
        return 0;
    }

    // Each step leads on, so it ends with the message.
    private static int behindName(byte[] message, int start) {
        int at = start;
        while (at < message.length) {
            int octet = message[at] & 0xff;
            if (octet == 0) {
                return at + 1;
            }
            if (octet >= 0xc0) {
                return at + 2;
            }
            at += 1 + octet;
        }
        return at;
    }

    private static boolean isOpt(byte[] message, int at) {
        return message[at] == 0 && u16(message, at + 1) == RecordType.OPT.code();
    }

    private static int upper(byte[] message, int opt) {
        return (message[opt + 5] & 0xff) << 4;
    }

    private static int u16(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }
}
