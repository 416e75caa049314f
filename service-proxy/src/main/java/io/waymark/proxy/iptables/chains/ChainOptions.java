package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.rules.node.NodePortTargets.Loopback;

/// How the chains are written, where there is a choice.
/// @param localhostNodePorts whether node ports are served on 127.0.0.1 (`iptables.localhostNodePorts`)
/// @param invalid            what becomes of packets that conntrack finds invalid
/// @param dispatch           how a packet finds its Service
public record ChainOptions(Loopback localhostNodePorts, Invalid invalid, Dispatch dispatch) {
    /// kube-proxy's own, but for the dispatch.
    public static final ChainOptions DEFAULT = new ChainOptions(Loopback.SERVED, Invalid.DROPPED, Dispatch.BUCKETS);

    /// Packets on their way through the node that belong to no connection, as far as conntrack can tell.
    public enum Invalid {
        DROPPED,
        /// Where `nf_conntrack_tcp_be_liberal` is set, few are taken for invalid that are not.
        FORWARDED
    }

    /// How a packet finds its Service.
    public enum Dispatch {
        /// In chains by the last octet of the address, from [Buckets#THRESHOLD] entries on.
        BUCKETS,
        /// In one chain with an entry for each address and port, as kube-proxy does it.
        FLAT
    }

    public ChainOptions with(Dispatch other) {
        return new ChainOptions(localhostNodePorts, invalid, other);
    }
}
