package io.waymark.records.name;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An absolute domain name: its wire octets without compression, ASCII letters in lower case, the
/// root label last (RFC 1035 §3.1, RFC 4343 §3). At most [#OCTETS_MAX] octets and 127 labels.
///
/// Immutable. A suffix shares the octets of the name it was cut from.
public final class DomainName implements Comparable<DomainName> {
    /// RFC 1035 §2.3.4: the whole name, length octets and root label included.
    public static final int OCTETS_MAX = 255;
    /// RFC 1035 §2.3.4: one label, its length octet not counted.
    public static final int LABEL_OCTETS_MAX = 63;

    public static final DomainName ROOT = new DomainName(new byte[1], 0);

    private final byte[] wire;
    private final int start;
    private int hash;

    private DomainName(byte[] wire, int start) {
        this.wire = wire;
        this.start = start;
    }

    /// The name whose uncompressed wire form fills `length` octets from `offset`, root label
    /// included. The octets are copied and lowered. The caller has checked the lengths of the
    /// labels; octets that are no name throw.
    public static DomainName ofWire(byte[] octets, int offset, int length) {
        if (length < 1 || length > OCTETS_MAX || octets[offset + length - 1] != 0) {
            throw new IllegalArgumentException("not an uncompressed name of 1 to 255 octets");
        }
        var wire = Arrays.copyOfRange(octets, offset, offset + length);
        for (int i = 0; i < length; i++) {
            wire[i] = lower(wire[i]);
        }
        return new DomainName(wire, 0);
    }

    /// Reads the presentation form (RFC 1035 §5.1, `\.` and `\DDD` escapes); a missing dot at the
    /// end is added. Empty if a label or the name is too long or a label is empty.
    public static Optional<DomainName> parse(String text) {
        return NameText.read(text).map(wire -> ofWire(wire, 0, wire.length));
    }

    /// A name written in code or in a test. Throws on anything that is no name.
    public static DomainName of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no domain name"));
    }

    /// This name below `parent`: `www` below `example.`. Throws if the result is too long.
    public DomainName under(DomainName parent) {
        int own = length() - 1;
        if (own + parent.length() > OCTETS_MAX) {
            throw new IllegalArgumentException(this + " below " + parent + " is longer than 255 octets");
        }
        var octets = new byte[own + parent.length()];
        System.arraycopy(wire, start, octets, 0, own);
        System.arraycopy(parent.wire, parent.start, octets, own, parent.length());
        return new DomainName(octets, 0);
    }

    /// One label below this name; the label's text stands for its octets (ISO 8859-1).
    public DomainName child(String label) {
        int size = label.length();
        if (size < 1 || size > LABEL_OCTETS_MAX || 1 + size + length() > OCTETS_MAX) {
            throw new IllegalArgumentException("no label, or no room for it: " + label + " below " + this);
        }
        var octets = new byte[1 + size + length()];
        octets[0] = (byte) size;
        for (int i = 0; i < size; i++) {
            octets[1 + i] = lower((byte) label.charAt(i));
        }
        System.arraycopy(wire, start, octets, 1 + size, length());
        return new DomainName(octets, 0);
    }

    /// Octets of the wire form, root label included: 1 to 255.
    public int length() {
        return wire.length - start;
    }

    /// How many labels stand left of the root: 0 to 127.
    public int labelCount() {
        int count = 0;
        for (int at = start; wire[at] != 0; at += 1 + wire[at]) {
            count++;
        }
        return count;
    }

    /// The text of one label, the leftmost being 0; each octet is one character (ISO 8859-1).
    @SuppressWarnings("deprecation") // String(byte[], hibyte, …) is the octet-for-character copy
    public String label(int index) {
        int at = labelStart(index);
        return new String(wire, 0, at + 1, wire[at]);
    }

    /// The name without its leftmost `labels` labels.
    public DomainName suffix(int labels) {
        return labels == 0 ? this : new DomainName(wire, labelStart(labels));
    }

    /// The labels from `from` up to but without `to`, as a name of their own.
    public DomainName slice(int from, int to) {
        int begin = labelStart(from);
        int end = labelStart(to);
        var octets = new byte[end - begin + 1];
        System.arraycopy(wire, begin, octets, 0, end - begin);
        return new DomainName(octets, 0);
    }

    /// How many labels this name has left of `ancestor`: 0 if they are equal, -1 if it does not
    /// lie at or below `ancestor`.
    public int labelsBelow(DomainName ancestor) {
        int begin = wire.length - ancestor.length();
        if (begin < start) {
            return -1;
        }
        int labels = 0;
        int at = start;
        while (at < begin) {
            at += 1 + wire[at];
            labels++;
        }
        boolean ends = at == begin
                && Arrays.equals(wire, begin, wire.length, ancestor.wire, ancestor.start, ancestor.wire.length);
        return ends ? labels : -1;
    }

    /// Whether this name is `ancestor` or lies below it.
    public boolean isWithin(DomainName ancestor) {
        return labelsBelow(ancestor) >= 0;
    }

    /// One octet of the wire form; `0 <= index < length()`.
    public byte octet(int index) {
        return wire[start + index];
    }

    /// Copies the wire form to `target` from `offset` on; returns the offset behind it.
    public int copyTo(byte[] target, int offset) {
        return copyTo(target, offset, length());
    }

    /// Copies the first `count` octets of the wire form, `count <= length()`; returns the offset
    /// behind them.
    public int copyTo(byte[] target, int offset, int count) {
        System.arraycopy(wire, start, target, offset, count);
        return offset + count;
    }

    private int labelStart(int index) {
        int at = start;
        for (int i = 0; i < index; i++) {
            if (wire[at] == 0) {
                throw new IndexOutOfBoundsException("label " + index + " of " + this);
            }
            at += 1 + wire[at];
        }
        return at;
    }

    private static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DomainName name
                && Arrays.equals(wire, start, wire.length, name.wire, name.start, name.wire.length);
    }

    /// Computed once; two threads that race compute the same.
    @Override
    public int hashCode() {
        int result = hash;
        if (result == 0) {
            result = 1;
            for (int i = start; i < wire.length; i++) {
                result = 31 * result + wire[i];
            }
            hash = result;
        }
        return result;
    }

    /// The canonical order of RFC 4034 §6.1: label by label from the root, octets without a sign.
    @Override
    public int compareTo(DomainName other) {
        int mine = labelCount();
        int theirs = other.labelCount();
        for (int back = 1; back <= Math.min(mine, theirs); back++) {
            int a = labelStart(mine - back);
            int b = other.labelStart(theirs - back);
            int byLabel =
                    Arrays.compareUnsigned(wire, a + 1, a + 1 + wire[a], other.wire, b + 1, b + 1 + other.wire[b]);
            if (byLabel != 0) {
                return byLabel;
            }
        }
        return Integer.compare(mine, theirs);
    }

    /// The presentation form with the dot at the end: `cart.shop.svc.cluster.local.`.
    @Override
    public String toString() {
        return NameText.write(wire, start);
    }
}
