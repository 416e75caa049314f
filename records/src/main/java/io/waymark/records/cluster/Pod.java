package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import java.util.List;

/// A Pod that has not ended, with all of its `status.podIPs`.
/// @param hostNetwork whether these are its node's, which it shares
public record Pod(NamespacedName name, Origin origin, List<IpAddress> podIps, boolean hostNetwork) {
    /// With addresses of its own.
    public Pod(NamespacedName name, Origin origin, List<IpAddress> podIps) {
        this(name, origin, podIps, false);
    }

    /// Copies the list.
    public Pod {
        podIps = List.copyOf(podIps);
    }
}
