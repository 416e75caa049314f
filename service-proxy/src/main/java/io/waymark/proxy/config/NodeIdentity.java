package io.waymark.proxy.config;

import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.records.address.IpAddress;
import java.util.Locale;

/// Which node this is.
/// @param hostnameOverride the name of its Node; empty: the host's
/// @param bindAddress      stands in for the Node's own address; unspecified: the Node's, of this family first
public record NodeIdentity(String hostnameOverride, IpAddress bindAddress, NodePortAddresses nodePortAddresses) {

    NodeIdentity named(String other) {
        return new NodeIdentity(other, bindAddress, nodePortAddresses);
    }

    /// The name of this node's Node, spelled as the kubelet registers it: without blanks, in lower case.
    public String nodeName(String hostname) {
        return (hostnameOverride.isEmpty() ? hostname : hostnameOverride)
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
