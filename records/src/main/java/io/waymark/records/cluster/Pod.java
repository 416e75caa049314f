package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import java.util.List;

/// A Pod that has not ended, with all of its `status.podIPs`.
public record Pod(NamespacedName name, Origin origin, List<IpAddress> podIps) {
    /// Copies the list.
    public Pod {
        podIps = List.copyOf(podIps);
    }
}
