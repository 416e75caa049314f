package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.List;

/// What the zones of one `kubernetes` block have in common.
/// @param primaryOrigin  the first zone that is no reverse zone: PTR and NS records point into it
/// @param ttl            of positive answers, in seconds, 0 to 3600
/// @param localAddresses the addresses this server is asked at, without loopback: what the name
///                       server's own name stands for as long as no Service leads to it
/// @param zonal          whether a headless Service has names for its endpoints in one topology zone
public record ClusterZoneConfig(
        DomainName primaryOrigin, int ttl, PodMode pods, List<IpAddress> localAddresses, boolean zonal) {
    /// What CoreDNS' plugin has if the Corefile is silent.
    public static final int TTL_DEFAULT = 5;
    public static final int TTL_MAX = 3600;
    /// Above it, a negative answer is not kept (RFC 2308 §5 leaves the choice to the zone).
    public static final int NEGATIVE_TTL_MAX = 300;

    /// Without names by topology zone.
    public ClusterZoneConfig(DomainName primaryOrigin, int ttl, PodMode pods, List<IpAddress> localAddresses) {
        this(primaryOrigin, ttl, pods, localAddresses, false);
    }

    /// Copies the addresses; refuses a TTL out of its bounds.
    public ClusterZoneConfig {
        localAddresses = List.copyOf(localAddresses);
        if (ttl < 0 || ttl > TTL_MAX) {
            throw new IllegalArgumentException("ttl is " + ttl + ", not in 0 to " + TTL_MAX);
        }
    }
}
