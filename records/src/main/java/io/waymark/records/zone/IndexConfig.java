package io.waymark.records.zone;

import java.util.Set;

/// What of the cluster an index shows.
/// @param namespaces       the only ones that have names; empty for all
/// @param endpointPodNames whether an endpoint without a hostname is named after its Pod
public record IndexConfig(Set<String> namespaces, boolean endpointPodNames) {
    public static final IndexConfig DEFAULT = new IndexConfig(Set.of(), false);

    /// Copies the set.
    public IndexConfig {
        namespaces = Set.copyOf(namespaces);
    }

    boolean exposes(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
