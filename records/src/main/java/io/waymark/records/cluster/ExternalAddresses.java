package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.List;

/// Where a Service is reached from outside of the cluster: `spec.externalIPs`, then
/// `status.loadBalancer.ingress`. Kept apart from the Service, for only those who ask for it.
/// @param hostnames of load balancers that have names instead of addresses
public record ExternalAddresses(List<IpAddress> addresses, List<DomainName> hostnames) {
    public static final ExternalAddresses NONE = new ExternalAddresses(List.of(), List.of());

    /// Copies the lists.
    public ExternalAddresses {
        addresses = List.copyOf(addresses);
        hostnames = List.copyOf(hostnames);
    }

    public boolean isNone() {
        return addresses.isEmpty() && hostnames.isEmpty();
    }
}
