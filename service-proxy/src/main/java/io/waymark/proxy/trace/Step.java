package io.waymark.proxy.trace;

/// One decision on a packet's way.
/// @param reason what was found, for people
public record Step(Name name, String reason) {

    /// The decisions in the order in which they are taken.
    public enum Name {
        /// Whose destination it is.
        FRONTEND,
        /// Whether it is one of the node's addresses that serve node ports.
        NODE_PORT,
        /// What becomes of it if it is nobody's.
        CLUSTER_IP_GUARD,
        /// Whether the load balancer address is for the sender.
        SOURCE_RANGES,
        /// Who the sender is.
        CLIENT,
        /// What the frontend does with such a client.
        ENTRY,
        /// How long it stays with its backend.
        AFFINITY,
        /// Whether the source address is replaced.
        MASQUERADE
    }
}
