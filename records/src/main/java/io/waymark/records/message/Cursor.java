package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads one message from left to right. The first octet that does not fit ends the reading: from
/// then on [#failed] holds, [#failure] says where and why, and every number read is 0. So callers
/// look once per record instead of once per field, and nothing outside the message is ever read.
final class Cursor {
    /// RFC 1035 §4.1.1.
    static final int HEADER_OCTETS = 12;

    private static final int LABEL = 0;
    private static final int POINTER = 3;

    private final byte[] octets;
    private final int start;
    private final int end;
    private int at;
    private byte @Nullable [] nameOctets;
    private @Nullable Malformed failure;

    /// The caller has checked that `offset` and `length` lie within `octets`.
    Cursor(byte[] octets, int offset, int length) {
        this.octets = octets;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    /// How far the reading came, in octets from the header's first.
    int at() {
        return at - start;
    }

    /// Octets that are not read yet.
    int remaining() {
        return end - at;
    }

    boolean failed() {
        return failure != null;
    }

    /// Why the reading ended. Asked without a failure it says so, for that is our mistake.
    Malformed failure() {
        if (failure == null) {
            throw new IllegalStateException("asked why a message is malformed that is not, at octet " + at());
        }
        return failure;
    }

    /// Ends the reading at the present octet. Only the first reason is kept.
    void fail(String why) {
        fail(at, why);
    }

    private void fail(int where, String why) {
        if (failure == null) {
            failure = new Malformed(where - start, why);
        }
        at = end;
    }

    int u8() {
        if (!has(1)) {
            return 0;
        }
        return octets[at++] & 0xff;
    }

    int u16() {
        if (!has(2)) {
            return 0;
        }
        int value = (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
        at += 2;
        return value;
    }

    int int32() {
        return u16() << 16 | u16();
    }

    /// A fresh copy of the next octets; none if the message has not as many.
    byte[] octets(int count) {
        if (!has(count)) {
            return new byte[0];
        }
        at += count;
        return Arrays.copyOfRange(octets, at - count, at);
    }

    /// Copies the octets read since `begin` to `target`, which has room for them; returns the offset
    /// behind them. After a failure nothing is copied.
    int copyFrom(int begin, byte[] target, int offset) {
        if (failure != null) {
            return offset;
        }
        int count = at() - begin;
        System.arraycopy(octets, start + begin, target, offset, count);
        return offset + count;
    }

    /// Goes past so many octets; fails if there are fewer, or if `count` is negative.
    void skip(int count) {
        if (count < 0) {
            fail("data end before they should");
        } else if (has(count)) {
            at += count;
        }
    }

    private boolean has(int count) {
        if (failure != null) {
            return false;
        }
        if (end - at < count) {
            fail("message ends early");
            return false;
        }
        return true;
    }

    /// One domain name (RFC 1035 §3.1), compressed or not (§4.1.4). A pointer must lead to before
    /// the labels that it follows, but not into the header: so the walk ends, within 255 steps.
    DomainName name() {
        if (nameOctets == null) {
            nameOctets = new byte[DomainName.OCTETS_MAX];
        }
        var wire = nameOctets;
        int length = 0;
        int here = at;
        int segment = at;
        int resume = -1;
        for (int step = 0; step < DomainName.OCTETS_MAX && here < end; step++) {
            int octet = octets[here] & 0xff;
            if (octet == 0) {
                at = resume < 0 ? here + 1 : resume;
                wire[length] = 0;
                return DomainName.ofWire(wire, 0, length + 1);
            }
            switch (octet >>> 6) {
                case LABEL -> {
                    if (octet >= end - here) {
                        return noName(here, "label leaves message");
                    }
                    if (length + octet + 2 > DomainName.OCTETS_MAX) {
                        return noName(here, "name is longer than 255 octets");
                    }
                    System.arraycopy(octets, here, wire, length, 1 + octet);
                    length += 1 + octet;
                    here += 1 + octet;
                }
                case POINTER -> {
                    if (end - here < 2) {
                        return noName(here, "pointer leaves message");
                    }
                    int target = start + ((octet & 0x3f) << 8 | octets[here + 1] & 0xff);
                    if (target >= segment || target < start + HEADER_OCTETS) {
                        return noName(here, "pointer leads to no earlier name");
                    }
                    resume = resume < 0 ? here + 2 : resume;
                    segment = target;
                    here = target;
                }
                default -> {
                    return noName(here, "reserved label type");
                }
            }
        }
        return noName(here, "name has no end");
    }

    /// Goes past one name without looking at where its pointer leads.
    void skipName() {
        skipName(true);
    }

    /// Goes past one name that must not be compressed.
    void skipLabels() {
        skipName(false);
    }

    private void skipName(boolean compressible) {
        int begin = at;
        while (has(1)) {
            int octet = octets[at] & 0xff;
            if (octet == 0) {
                at++;
                return;
            }
            if (octet >>> 6 == POINTER && compressible) {
                skip(2);
                return;
            }
            if (octet >>> 6 != LABEL || at - begin + octet + 2 > DomainName.OCTETS_MAX) {
                fail(octet >>> 6 == LABEL ? "name is longer than 255 octets" : "no label");
                return;
            }
            skip(1 + octet);
        }
    }

    private DomainName noName(int where, String why) {
        fail(where, why);
        return DomainName.ROOT;
    }
}
