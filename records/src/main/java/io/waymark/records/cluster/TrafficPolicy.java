package io.waymark.records.cluster;

/// Which endpoints traffic may go to: `spec.internalTrafficPolicy`, `spec.externalTrafficPolicy`.
public enum TrafficPolicy {
    /// Those of every node.
    CLUSTER,
    /// Those of the node that the traffic arrives at.
    LOCAL
}
