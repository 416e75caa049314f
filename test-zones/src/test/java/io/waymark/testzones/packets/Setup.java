package io.waymark.testzones.packets;

import io.waymark.testzones.packets.PacketNode.Pods;
import java.util.ArrayList;
import java.util.List;

/// What a proxy is told of its node.
enum Setup {
    CLUSTER_CIDR(Pods.ROUTED, "--cluster-cidr=10.244.0.0/16,fd00:244::/56"),
    INTERFACE_PREFIX(Pods.ROUTED, "--detect-local-mode=InterfaceNamePrefix", "--pod-interface-name-prefix=pod"),
    BRIDGE(Pods.BRIDGED, "--detect-local-mode=BridgeInterface", "--pod-bridge-interface=br0"),
    NODE_CIDR_AND_ADDRESSES(
            Pods.ROUTED, "--detect-local-mode=NodeCIDR", "--nodeport-addresses=192.0.2.2/32,fd00:192::/64"),
    NOBODY_IS_A_POD(Pods.ROUTED),
    MASQUERADE_ALL(Pods.ROUTED, "--cluster-cidr=10.244.0.0/16,fd00:244::/56", "--masquerade-all=true");

    private final Pods pods;
    private final List<String> flags;

    Setup(Pods pods, String... flags) {
        this.pods = pods;
        this.flags = List.of(flags);
    }

    Pods pods() {
        return pods;
    }

    List<String> flags() {
        var all = new ArrayList<>(flags);
        all.add("--hostname-override=here");
        all.add("--conntrack-max-per-core=0");
        return all;
    }
}
