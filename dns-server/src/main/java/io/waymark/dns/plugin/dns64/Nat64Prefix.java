package io.waymark.dns.plugin.dns64;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import java.util.Optional;
import java.util.Set;

/// The prefix behind which a NAT64 translator has the IPv4 addresses (RFC 6052 §2.2). Pure.
/// @param prefix IPv6, of one of the six lengths
record Nat64Prefix(Cidr prefix) {
    // Before the constant that is checked against it.
    private static final Set<Integer> LENGTHS = Set.of(32, 40, 48, 56, 64, 96);

    /// RFC 6052 §2.1.
    static final Nat64Prefix WELL_KNOWN = new Nat64Prefix(Cidr.of("64:ff9b::/96"));

    /// The octet "u", which is zero in the middle of an embedded address.
    private static final int RESERVED_AT = 8;

    /// Refuses other lengths, and IPv4.
    Nat64Prefix {
        if (!(prefix.network() instanceof V6) || !LENGTHS.contains(prefix.prefixLength())) {
            throw new IllegalArgumentException("no NAT64 prefix: " + prefix);
        }
    }

    static Optional<Nat64Prefix> parse(String text) {
        return Cidr.parse(text)
                .filter(prefix -> prefix.network() instanceof V6 && LENGTHS.contains(prefix.prefixLength()))
                .map(Nat64Prefix::new);
    }

    /// The address behind the prefix that stands for an IPv4 one.
    V6 embed(V4 address) {
        var octets = prefix.network().octets();
        int at = prefix.prefixLength() / 8;
        for (byte octet : address.octets()) {
            at += at == RESERVED_AT ? 1 : 0;
            octets[at++] = octet;
        }
        return (V6) IpAddress.ofOctets(octets, 0, octets.length);
    }

    @Override
    public String toString() {
        return prefix.toString();
    }
}
