package io.waymark.source.directory;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import java.time.Duration;

/// How manifests are watched and completed.
/// @param ipv4Range where Services without a clusterIP get their IPv4 address; at most /24 long
/// @param ipv6Range the same for IPv6; at most /120 long
/// @param interval  between two looks at the files. A change is believed when two looks in a row
///                  see it the same, so it shows after at most twice this, and the time to read
public record DirectoryConfig(Cidr ipv4Range, Cidr ipv6Range, Duration interval) {
    private static final int IPV4_PREFIX_MAX = 24;
    private static final int IPV6_PREFIX_MAX = 120;

    /// kubeadm's range for IPv4 and its likeness for IPv6; changes show in half a second.
    public static final DirectoryConfig DEFAULT =
            new DirectoryConfig(Cidr.of("10.96.0.0/12"), Cidr.of("fd00:10:96::/112"), Duration.ofMillis(200));

    /// Refuses ranges of the wrong family or of fewer than 256 addresses, and an interval of none.
    public DirectoryConfig {
        if (!(ipv4Range.network() instanceof V4) || ipv4Range.prefixLength() > IPV4_PREFIX_MAX) {
            throw new IllegalArgumentException(
                    "service range " + ipv4Range + ": expected an IPv4 prefix of /24 or shorter, such as 10.96.0.0/12");
        }
        if (!(ipv6Range.network() instanceof V6) || ipv6Range.prefixLength() > IPV6_PREFIX_MAX) {
            throw new IllegalArgumentException("service range " + ipv6Range
                    + ": expected an IPv6 prefix of /120 or shorter, such as fd00:10:96::/112");
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval " + interval + ": expected more than 0");
        }
    }

    /// This configuration with another service range, of either family.
    public DirectoryConfig withServiceRange(Cidr range) {
        return range.network() instanceof V4
                ? new DirectoryConfig(range, ipv6Range, interval)
                : new DirectoryConfig(ipv4Range, range, interval);
    }
}
