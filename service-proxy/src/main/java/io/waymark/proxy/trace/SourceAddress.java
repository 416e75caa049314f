package io.waymark.proxy.trace;

/// What the receiver sees as the source.
public enum SourceAddress {
    /// The sender's address.
    KEPT,
    /// The address of the node.
    MASQUERADED
}
