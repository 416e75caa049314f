package io.waymark.proxy.rules.node;

/// What of the configuration decides rules.
/// @param masqueradeAll  whether packets to cluster IPs are masqueraded for everybody
/// @param masqueradeMark the one bit of the packet mark that stands for masquerading
/// @param form           in which of kube-proxy's forms, where its back ends differ
public record RuleConfig(
        LocalDetector detector,
        MasqueradeAll masqueradeAll,
        int masqueradeMark,
        NodePortAddresses nodePortAddresses,
        NodePortTargets.Loopback localhostNodePorts,
        Form form) {
    private static final int DEFAULT_MARK = 1 << 14;

    /// The defaults of nftables mode.
    public static final RuleConfig NFTABLES = new RuleConfig(
            new LocalDetector.None(),
            MasqueradeAll.NO,
            DEFAULT_MARK,
            new NodePortAddresses.Primary(),
            NodePortTargets.Loopback.NOT_SERVED,
            Form.NFTABLES);

    /// The defaults of iptables mode.
    public static final RuleConfig IPTABLES = new RuleConfig(
            new LocalDetector.None(),
            MasqueradeAll.NO,
            DEFAULT_MARK,
            new NodePortAddresses.All(),
            NodePortTargets.Loopback.SERVED,
            Form.IPTABLES);

    /// Whether `masqueradeAll` is set.
    public enum MasqueradeAll {
        YES,
        NO
    }

    /// What nftables mode does and iptables mode does not.
    public enum Form {
        /// A packet to a cluster IP but to none of its ports is refused, one to an address out of the
        /// cluster's ServiceCIDRs that no Service has is dropped. Source ranges are looked at first, so
        /// that a stranger's packet is dropped also where there is no endpoint.
        NFTABLES,
        /// Such packets pass. Source ranges are looked at where there is an endpoint: without one a
        /// stranger is refused like anybody else.
        IPTABLES
    }

    public RuleConfig with(LocalDetector other) {
        return new RuleConfig(other, masqueradeAll, masqueradeMark, nodePortAddresses, localhostNodePorts, form);
    }

    public RuleConfig with(NodePortAddresses other) {
        return new RuleConfig(detector, masqueradeAll, masqueradeMark, other, localhostNodePorts, form);
    }

    public RuleConfig with(MasqueradeAll other) {
        return new RuleConfig(detector, other, masqueradeMark, nodePortAddresses, localhostNodePorts, form);
    }
}
