package io.waymark.records.cluster;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import java.util.List;

/// A node of the cluster, as far as its data path needs to know it.
/// @param addresses where it is reached, the best first: `status.addresses` of type InternalIP, then
///                  those of type ExternalIP
/// @param podCidrs  `spec.podCIDRs`, at most one of each family; empty until they are given out
/// @param zone      its label `topology.kubernetes.io/zone`, or empty
/// @param departure whether it is about to leave the cluster
public record Node(
        String name, Origin origin, List<IpAddress> addresses, List<Cidr> podCidrs, String zone, Departure departure) {
    /// The taint of a node that the cluster autoscaler takes away.
    public static final String AUTOSCALER_TAINT = "ToBeDeletedByClusterAutoscaler";

    /// Copies the lists.
    public Node {
        addresses = List.copyOf(addresses);
        podCidrs = List.copyOf(podCidrs);
    }

    /// Whether a node stays (KEP-3836: load balancers send no new connections to one that goes).
    public enum Departure {
        STAYS,
        /// It has the taint `ToBeDeletedByClusterAutoscaler`.
        MARKED_BY_AUTOSCALER,
        /// It has a `deletionTimestamp`.
        BEING_DELETED
    }
}
