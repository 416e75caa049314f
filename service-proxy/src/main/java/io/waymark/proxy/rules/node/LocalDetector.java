package io.waymark.proxy.rules.node;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.List;

/// How Pods are told from other clients, as configured (`detectLocalMode`).
public sealed interface LocalDetector {
    /// By the cluster's Pod ranges, at most one of each family.
    record ClusterCidr(List<Cidr> cidrs) implements LocalDetector {
        /// Copies the list.
        public ClusterCidr {
            cidrs = List.copyOf(cidrs);
        }
    }

    /// By the own Node's Pod ranges.
    record NodeCidr() implements LocalDetector {}

    /// By the bridge that packets come in through.
    record BridgeInterface(String name) implements LocalDetector {}

    /// By how the name of the interface begins that packets come in through.
    record InterfaceNamePrefix(String prefix) implements LocalDetector {}

    /// Not at all.
    record None() implements LocalDetector {}

    /// What that comes to on one node for one family. A family that has no range has no detector.
    default PodDetector on(NodeFacts node, IpFamily family) {
        return switch (this) {
            case ClusterCidr(var cidrs) -> first(cidrs, family);
            case NodeCidr it -> first(node.podCidrs(), family);
            case BridgeInterface(var name) -> new PodDetector.ArrivesBy(name);
            case InterfaceNamePrefix(var prefix) -> new PodDetector.ArrivesByAny(prefix);
            case None it -> new PodDetector.Nobody();
        };
    }

    private static PodDetector first(List<Cidr> cidrs, IpFamily family) {
        return cidrs.stream()
                .filter(cidr -> cidr.family() == family)
                .findFirst()
                .<PodDetector>map(PodDetector.SourceIn::new)
                .orElse(new PodDetector.Nobody());
    }
}
