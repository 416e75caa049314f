package io.waymark.proxy.iptables.plan;

/// What a change of the rules asks for.
public sealed interface ChainStep {
    /// These chains.
    record Change(ChainChanges changes) implements ChainStep {}

    /// Most chains are others now: what the kernel holds is to be compared with all of them.
    record Everything() implements ChainStep {}
}
