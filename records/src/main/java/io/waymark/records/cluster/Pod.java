package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import java.util.List;
import java.util.Map;

/// A Pod that has not ended, with all of its `status.podIPs`.
/// @param hostNetwork whether these are its node's, which it shares
/// @param labels      none unless the source was asked for them
public record Pod(
        NamespacedName name, Origin origin, List<IpAddress> podIps, boolean hostNetwork, Map<String, String> labels) {
    /// With addresses of its own.
    public Pod(NamespacedName name, Origin origin, List<IpAddress> podIps) {
        this(name, origin, podIps, false, Map.of());
    }

    /// Copies the list and the labels, unless they are immutable: equal ones of many Pods may be one object.
    public Pod {
        podIps = List.copyOf(podIps);
        labels = Map.copyOf(labels);
    }
}
