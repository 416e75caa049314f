package io.waymark.records.cluster;

import io.waymark.records.address.Cidr;
import java.util.List;

/// A ServiceCIDR (networking.k8s.io/v1): prefixes that cluster IPs are given out of.
public record ServiceCidr(String name, Origin origin, List<Cidr> cidrs) {
    /// Copies the list.
    public ServiceCidr {
        cidrs = List.copyOf(cidrs);
    }
}
