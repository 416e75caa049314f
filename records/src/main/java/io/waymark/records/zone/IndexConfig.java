package io.waymark.records.zone;

import io.waymark.records.cluster.Service;
import java.util.Set;

/// What of the cluster an index shows.
/// @param namespaces       the only ones that have names; empty for all
/// @param endpointPodNames whether an endpoint without a hostname is named after its Pod
/// @param emptyServices    whether a Service with a cluster IP but without ready endpoints exists
public record IndexConfig(Set<String> namespaces, boolean endpointPodNames, boolean emptyServices) {
    public static final IndexConfig DEFAULT = new IndexConfig(Set.of(), false, true);

    /// Copies the set.
    public IndexConfig {
        namespaces = Set.copyOf(namespaces);
    }

    boolean exposes(ServiceEntry entry) {
        return emptyServices || !(entry.service() instanceof Service.ClusterIp) || entry.hasReady();
    }

    boolean exposes(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
