package io.waymark.proxy.config;

import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.records.address.Cidr;
import java.util.List;

/// How traffic of Pods is told from other traffic, as it is written.
/// @param clusterCidrs        at most one of each family
/// @param bridgeInterface     at most 15 octets, as the kernel's names of interfaces
/// @param interfaceNamePrefix likewise
public record LocalTraffic(Mode mode, List<Cidr> clusterCidrs, String bridgeInterface, String interfaceNamePrefix) {
    public static final LocalTraffic DEFAULT = new LocalTraffic(Mode.ClusterCIDR, List.of(), "", "");

    /// Copies the list.
    public LocalTraffic {
        clusterCidrs = List.copyOf(clusterCidrs);
    }

    /// `detectLocalMode`, as it is written.
    public enum Mode {
        ClusterCIDR,
        NodeCIDR,
        BridgeInterface,
        InterfaceNamePrefix
    }

    /// What that means to the rules. Without a range there is nothing to tell Pods by.
    public LocalDetector detector() {
        return switch (mode) {
            case ClusterCIDR ->
                clusterCidrs.isEmpty() ? new LocalDetector.None() : new LocalDetector.ClusterCidr(clusterCidrs);
            case NodeCIDR -> new LocalDetector.NodeCidr();
            case BridgeInterface -> new LocalDetector.BridgeInterface(bridgeInterface);
            case InterfaceNamePrefix -> new LocalDetector.InterfaceNamePrefix(interfaceNamePrefix);
        };
    }
}
