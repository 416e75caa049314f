package io.waymark.source.kubernetes.protobuf.wire;

import java.nio.charset.StandardCharsets;

/// Gives one `String` for equal texts: names of nodes, zones, ports and namespaces stand in
/// thousands of objects. Holds at most [#SLOTS] texts; a newcomer takes the place of the one with
/// the same hash. Confined to one thread.
public final class TextPool {
    private static final int SLOTS = 4096;

    private final String[] slots = new String[SLOTS];

    /// The UTF-8 text of `length` octets from `from`.
    public String text(byte[] octets, int from, int length) {
        if (length == 0) {
            return "";
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + octets[i];
        }
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        var present = slots[slot];
        if (present != null && isText(present, octets, from, length)) {
            return present;
        }
        var text = new String(octets, from, length, StandardCharsets.UTF_8);
        slots[slot] = text;
        return text;
    }

    /// Whether the octets are the ASCII text; others are never found equal, and only cost memory.
    private static boolean isText(String text, byte[] octets, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (octets[from + i] < 0 || text.charAt(i) != octets[from + i]) {
                return false;
            }
        }
        return true;
    }
}
