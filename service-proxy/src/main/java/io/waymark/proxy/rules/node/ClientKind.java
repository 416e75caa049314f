package io.waymark.proxy.rules.node;

/// Who sends a packet, as far as rules tell clients apart. The first that fits holds.
public enum ClientKind {
    /// What the configured detector ([PodDetector]) takes for a Pod of this cluster, a process on
    /// this node with an address out of the Pods' range included. Without a detector nobody is.
    POD,
    /// Any other process on this node: the source address is one of the node's.
    NODE,
    /// Everybody else, Pods that the detector does not see included.
    OUTSIDE
}
