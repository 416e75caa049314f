package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.Optional;

/// The addresses that a name below `in-addr.arpa` or `ip6.arpa` stands for (RFC 1035 §3.5,
/// RFC 3596 §2.5): one, or all with a prefix if the name has fewer labels than an address.
/// @param first the lowest of them
/// @param last  the highest; equal to `first` for a whole address
record ReverseName(IpAddress first, IpAddress last) {
    private static final DomainName IPV4 = DomainName.of("in-addr.arpa");
    private static final DomainName IPV6 = DomainName.of("ip6.arpa");
    private static final int IPV4_LABELS = 4;
    private static final int IPV6_LABELS = 32;

    /// Whether a zone of this origin holds names of addresses.
    static boolean isReverse(DomainName origin) {
        return origin.isWithin(IPV4) || origin.isWithin(IPV6);
    }

    /// The name of one address.
    static DomainName of(IpAddress address) {
        var octets = address.octets();
        var name = octets.length == IPV4_LABELS ? IPV4 : IPV6;
        for (byte octet : octets) {
            name = octets.length == IPV4_LABELS
                    ? name.child(Integer.toString(octet & 0xff))
                    : name.child(Character.toString(Character.forDigit(octet >> 4 & 0xf, 16)))
                            .child(Character.toString(Character.forDigit(octet & 0xf, 16)));
        }
        return name;
    }

    /// Whether it is this address or one of these.
    boolean holds(IpAddress address) {
        return address.octets().length == first.octets().length
                && first.compareTo(address) <= 0
                && address.compareTo(last) <= 0;
    }

    boolean isWhole() {
        return first.equals(last);
    }

    /// Empty if the labels are no octets, no nibbles, or too many.
    static Optional<ReverseName> read(DomainName name) {
        int quads = name.labelsBelow(IPV4);
        if (quads >= 0) {
            return quads > IPV4_LABELS ? Optional.empty() : readIpv4(name, quads);
        }
        int nibbles = name.labelsBelow(IPV6);
        return nibbles < 0 || nibbles > IPV6_LABELS ? Optional.empty() : readIpv6(name, nibbles);
    }

    private static Optional<ReverseName> readIpv4(DomainName name, int labels) {
        var octets = new byte[4];
        for (int i = 0; i < labels; i++) {
            int value = octet(name.label(labels - 1 - i));
            if (value < 0) {
                return Optional.empty();
            }
            octets[i] = (byte) value;
        }
        return Optional.of(range(octets, 8 * labels));
    }

    /// A decimal from 0 to 255 without leading zeros, or -1.
    private static int octet(String label) {
        if (label.isEmpty() || label.length() > 3 || label.length() > 1 && label.charAt(0) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > 0xff ? -1 : value;
    }

    private static Optional<ReverseName> readIpv6(DomainName name, int labels) {
        var octets = new byte[16];
        for (int i = 0; i < labels; i++) {
            var label = name.label(labels - 1 - i);
            int nibble = label.length() == 1 ? Character.digit(label.charAt(0), 16) : -1;
            if (nibble < 0 || label.charAt(0) > 'f') {
                return Optional.empty();
            }
            octets[i / 2] |= (byte) (i % 2 == 0 ? nibble << 4 : nibble);
        }
        return Optional.of(range(octets, 4 * labels));
    }

    private static ReverseName range(byte[] octets, int prefixBits) {
        var last = octets.clone();
        for (int bit = prefixBits; bit < 8 * last.length; bit++) {
            last[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return new ReverseName(IpAddress.ofOctets(octets, 0, octets.length), IpAddress.ofOctets(last, 0, last.length));
    }
}
