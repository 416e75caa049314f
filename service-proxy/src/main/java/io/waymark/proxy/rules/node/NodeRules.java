package io.waymark.proxy.rules.node;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ServiceCidr;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What holds for the node as a whole in one family: the constant part of the rules, and what of it
/// changes with the node and not with Services.
/// @param internalMasquerade that of packets to cluster IPs: what an internal entry that balances has
/// @param serviceCidrs       prefixes that cluster IPs are out of, sorted, each once; empty in the form
///                           that does not guard them
/// @param localAddresses     all addresses on the node's interfaces, sorted; the kernel knows them
///                           itself, who traces a packet does not
public record NodeRules(
        IpFamily family,
        RuleConfig.Form form,
        PodDetector pods,
        Masquerade internalMasquerade,
        int masqueradeMark,
        NodePortTargets nodePorts,
        List<Cidr> serviceCidrs,
        List<IpAddress> localAddresses) {
    /// Copies the lists.
    public NodeRules {
        serviceCidrs = List.copyOf(serviceCidrs);
        localAddresses = List.copyOf(localAddresses);
    }

    /// What follows from a configuration on a node.
    public static NodeRules of(
            RuleConfig config, NodeFacts node, Collection<ServiceCidr> serviceCidrs, IpFamily family) {
        return new NodeRules(
                family,
                config.form(),
                config.detector().on(node, family),
                internalMasquerade(config, node, family),
                config.masqueradeMark(),
                NodePortTargets.of(config, node, family),
                guarded(config.form(), serviceCidrs, family),
                node.localAddresses(family));
    }

    /// What follows for the same configuration on the same node with other facts of its own, where the
    /// cluster's are as they were.
    public NodeRules with(RuleConfig config, NodeFacts node) {
        var other = of(config, node, List.of(), family);
        return new NodeRules(
                family,
                other.form,
                other.pods,
                other.internalMasquerade,
                other.masqueradeMark,
                other.nodePorts,
                serviceCidrs,
                other.localAddresses);
    }

    private static Masquerade internalMasquerade(RuleConfig config, NodeFacts node, IpFamily family) {
        return switch (config.masqueradeAll()) {
            case YES -> Masquerade.ALWAYS;
            case NO ->
                switch (config.detector().on(node, family)) {
                    case PodDetector.Nobody it -> Masquerade.NEVER;
                    case PodDetector.SourceIn it -> Masquerade.UNLESS_POD;
                    case PodDetector.ArrivesBy it -> Masquerade.UNLESS_POD;
                    case PodDetector.ArrivesByAny it -> Masquerade.UNLESS_POD;
                };
        };
    }

    private static List<Cidr> guarded(RuleConfig.Form form, Collection<ServiceCidr> serviceCidrs, IpFamily family) {
        return switch (form) {
            case NFTABLES ->
                serviceCidrs.stream()
                        .flatMap(object -> object.cidrs().stream())
                        .filter(cidr -> cidr.family() == family)
                        .distinct()
                        .sorted(Comparator.comparing(Cidr::network).thenComparingInt(Cidr::prefixLength))
                        .toList();
            case IPTABLES -> List.of();
        };
    }

    /// Which kind of client sends a packet from this address, and through which interface it came in;
    /// an empty text if from a process of the node.
    public ClientKind client(IpAddress source, String device) {
        if (pods.isPod(source, device)) {
            return ClientKind.POD;
        }
        return isLocal(source) ? ClientKind.NODE : ClientKind.OUTSIDE;
    }

    /// Whether the kernel takes the address for one of the node.
    public boolean isLocal(IpAddress address) {
        return address.isLoopback() || localAddresses.contains(address);
    }

    /// Whether a packet to this address may meet a node port.
    public boolean servesNodePorts(IpAddress address) {
        return switch (nodePorts) {
            case NodePortTargets.EveryLocal(var loopback) ->
                address.isLoopback() ? loopback == NodePortTargets.Loopback.SERVED : localAddresses.contains(address);
            case NodePortTargets.Only(var addresses) -> addresses.contains(address);
        };
    }
}
