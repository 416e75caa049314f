package io.waymark.records.address;

import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import java.util.Optional;

/// IPv6 text both ways: read by RFC 4291 §2.2, written by RFC 5952 §4.
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static Optional<IpAddress> read(String text) {
        var groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            if (count == GROUPS) {
                return Optional.empty();
            }
            int end = text.indexOf(':', at);
            if (end < 0 && text.indexOf('.', at) >= 0) {
                var quad = Ipv4Text.read(text, at);
                if (quad.isEmpty() || count > GROUPS - 2) {
                    return Optional.empty();
                }
                groups[count++] = quad.get() >>> 16;
                groups[count++] = quad.get() & 0xffff;
                at = text.length();
                break;
            }
            int group = group(text, at, end < 0 ? text.length() : end);
            if (group < 0) {
                return Optional.empty();
            }
            groups[count++] = group;
            if (end < 0) {
                at = text.length();
            } else if (text.startsWith("::", end)) {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                at = end + 2;
            } else if (end + 1 == text.length()) {
                return Optional.empty();
            } else {
                at = end + 1;
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return Optional.empty();
        }
        return Optional.of(address(gap < 0 ? groups : spread(groups, count, gap)));
    }

    private static int group(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int[] spread(int[] groups, int count, int gap) {
        var spread = new int[GROUPS];
        System.arraycopy(groups, 0, spread, 0, gap);
        System.arraycopy(groups, gap, spread, GROUPS - (count - gap), count - gap);
        return spread;
    }

    private static IpAddress address(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[4 + i];
        }
        boolean mapped = high == 0 && low >>> 32 == 0xffff;
        return mapped ? new V4((int) low) : new V6(high, low);
    }

    static String write(long high, long low) {
        var groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> 48 - 16 * i) & 0xffff;
            groups[4 + i] = (int) (low >>> 48 - 16 * i) & 0xffff;
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
