package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import java.util.Arrays;

/// Where in the message under composition each name and each suffix of one begins, so that a later
/// name can point there (RFC 1035 §4.1.4).
///
/// On the hot path, so nothing is allocated after construction: an open-addressing table of offsets
/// and hashes in two arrays of ints. A slot is live only with the present generation in its upper
/// bits; forgetting a message is one increment. Insertions are undone in reverse order, which
/// leaves linear probing intact. Once full, the table learns no more: replies get longer, not wrong.
final class NameTable {
    private static final int SLOT_BITS = 10;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int ENTRIES_MAX = SLOTS / 4 * 3;
    private static final int OFFSET_BITS = 14;
    private static final int OFFSET_MAX = (1 << OFFSET_BITS) - 1;
    private static final int GENERATION_MAX = (1 << 32 - OFFSET_BITS) - 1;
    private static final int LABELS_MAX = 127;

    private final int[] slots = new int[SLOTS];
    private final int[] hashes = new int[SLOTS];
    private final int[] inserted = new int[ENTRIES_MAX];
    private final int[] suffixStart = new int[LABELS_MAX + 1];
    private final int[] suffixHash = new int[LABELS_MAX + 1];
    private int generation;
    private int size;

    /// Forgets everything.
    void clear() {
        size = 0;
        generation++;
        if (generation > GENERATION_MAX) {
            Arrays.fill(slots, 0);
            generation = 1;
        }
    }

    /// How many suffixes are known; [#forgetAfter] takes it.
    int size() {
        return size;
    }

    /// Undoes the insertions made since the table had `earlier` entries.
    void forgetAfter(int earlier) {
        while (size > earlier) {
            slots[inserted[--size]] = 0;
        }
    }

    /// Makes `name` the one that [#find] and [#learn] speak of.
    /// @return how many labels it has, the root not counted
    int study(DomainName name) {
        int labels = 0;
        int at = 0;
        while (name.octet(at) != 0) {
            suffixStart[labels++] = at;
            at += 1 + name.octet(at);
        }
        int hash = 1;
        int end = at;
        for (int label = labels - 1; label >= 0; label--) {
            for (int i = suffixStart[label]; i < end; i++) {
                hash = 31 * hash + name.octet(i);
            }
            end = suffixStart[label];
            suffixHash[label] = hash;
        }
        suffixStart[labels] = at;
        return labels;
    }

    /// Where label `index` of the studied name begins in it; for `index` = its labels: the root's.
    int start(int index) {
        return suffixStart[index];
    }

    /// Finds the studied name's suffix that begins with label `index` in the message.
    /// @return its offset from the header, or -1
    int find(int index, DomainName name, byte[] octets, int base) {
        int hash = suffixHash[index];
        for (int slot = slot(hash); isLive(slot); slot = slot + 1 & SLOTS - 1) {
            int offset = slots[slot] & OFFSET_MAX;
            if (hashes[slot] == hash && matches(name, suffixStart[index], octets, base, offset)) {
                return offset;
            }
        }
        return -1;
    }

    /// Notes that the studied name's suffix from label `index` on stands at `offset`, unless no
    /// pointer reaches so far or the table is full.
    void learn(int index, int offset) {
        if (offset > OFFSET_MAX || size == ENTRIES_MAX) {
            return;
        }
        int slot = slot(suffixHash[index]);
        while (isLive(slot)) {
            slot = slot + 1 & SLOTS - 1;
        }
        slots[slot] = generation << OFFSET_BITS | offset;
        hashes[slot] = suffixHash[index];
        inserted[size++] = slot;
    }

    private boolean isLive(int slot) {
        return slots[slot] >>> OFFSET_BITS == generation;
    }

    private static int slot(int hash) {
        return hash * 0x9e3779b9 >>> 32 - SLOT_BITS;
    }

    /// The octets in the message are ours: labels and pointers that lead backwards to a root label.
    private static boolean matches(DomainName name, int from, byte[] octets, int base, int offset) {
        int at = base + offset;
        int i = from;
        while (true) {
            int octet = octets[at];
            if (octet < 0) {
                at = base + ((octet & 0x3f) << 8 | octets[at + 1] & 0xff);
                continue;
            }
            if (octet != name.octet(i)) {
                return false;
            }
            if (octet == 0) {
                return true;
            }
            for (int k = 1; k <= octet; k++) {
                if (lower(octets[at + k]) != name.octet(i + k)) {
                    return false;
                }
            }
            at += 1 + octet;
            i += 1 + octet;
        }
    }

    /// RFC 4343 §3. The question keeps the letters it was asked with.
    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }
}
