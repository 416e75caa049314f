package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.List;

/// What the zones of one `k8s_external` block have in common.
/// @param primaryOrigin  the first zone that is no reverse zone: PTR records point into it
/// @param apexLabel      the label below the apex that the name server's name stands under: `dns`
/// @param ttl            of all answers, in seconds, 0 to 3600
/// @param headless       whether headless Services have the names of their endpoints
/// @param localAddresses the addresses this server is asked at, without loopback
public record ExternalZoneConfig(
        DomainName primaryOrigin, String apexLabel, int ttl, boolean headless, List<IpAddress> localAddresses) {
    /// Copies the addresses; refuses a TTL out of its bounds.
    public ExternalZoneConfig {
        localAddresses = List.copyOf(localAddresses);
        if (ttl < 0 || ttl > ClusterZoneConfig.TTL_MAX) {
            throw new IllegalArgumentException("ttl is " + ttl + ", not in 0 to " + ClusterZoneConfig.TTL_MAX);
        }
    }
}
