package io.waymark.dns.plugin.kubernetes;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.ClusterIndex;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The cluster that a `kubernetes` plugin answers for, as other plugins of its block may read it.
/// @param index          not that of a cluster set
/// @param synced         whether the cluster is known completely
/// @param zone           that the names of its Services lie in
/// @param localAddresses the addresses this server is asked at, without loopback
public record ServedCluster(
        ClusterIndex index, BooleanSupplier synced, DomainName zone, List<IpAddress> localAddresses) {
    /// Copies the addresses.
    public ServedCluster {
        localAddresses = List.copyOf(localAddresses);
    }
}
