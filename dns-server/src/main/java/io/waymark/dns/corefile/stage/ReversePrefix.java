package io.waymark.dns.corefile.stage;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// The reverse zones (RFC 1035 §3.5, RFC 3596 §2.5) that together cover a prefix and nothing else:
/// one where the prefix ends between labels, otherwise one for each value of the label it ends in,
/// at most 128 for IPv4 and 8 for IPv6.
public final class ReversePrefix {
    private ReversePrefix() {}

    /// `10.0.0.0/15` gives `0.10.in-addr.arpa.` and `1.10.in-addr.arpa.`
    public static List<DomainName> zones(Cidr prefix) {
        boolean v4 = prefix.network() instanceof V4;
        int labelBits = v4 ? 8 : 4;
        var octets = prefix.network().octets();
        int labels = (prefix.prefixLength() + labelBits - 1) / labelBits;
        int free = labels * labelBits - prefix.prefixLength();
        var parent = DomainName.of(v4 ? "in-addr.arpa." : "ip6.arpa.");
        for (int i = 0; i < labels - 1; i++) {
            parent = parent.child(label(octets, i, v4, 0));
        }
        var zones = new ArrayList<DomainName>();
        if (labels == 0) {
            return List.of(parent);
        }
        for (int i = 0; i < 1 << free; i++) {
            zones.add(parent.child(label(octets, labels - 1, v4, i)));
        }
        return zones;
    }

    private static String label(byte[] octets, int index, boolean v4, int add) {
        return v4
                ? Integer.toString((octets[index] & 0xff) + add)
                : Integer.toHexString((octets[index / 2] >>> (index % 2 == 0 ? 4 : 0) & 0xf) + add);
    }
}
