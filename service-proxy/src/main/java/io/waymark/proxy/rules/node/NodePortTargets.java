package io.waymark.proxy.rules.node;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.util.List;

/// Which addresses of the node serve node ports in one family, as it is now.
public sealed interface NodePortTargets {
    /// Every address that the kernel takes for its own, but for `127.0.0.0/8` and `::1` unless
    /// loopback says so.
    record EveryLocal(Loopback loopback) implements NodePortTargets {}

    /// Exactly these, sorted; none if the configured prefixes hold none of the node's.
    record Only(List<IpAddress> addresses) implements NodePortTargets {
        /// Copies the list.
        public Only {
            addresses = List.copyOf(addresses);
        }
    }

    /// Whether node ports are served on loopback addresses too (`iptables.localhostNodePorts`).
    enum Loopback {
        SERVED,
        NOT_SERVED
    }

    /// What a configuration comes to. Loopback is served in IPv4 only: the kernel has no
    /// `route_localnet` for IPv6.
    static NodePortTargets of(RuleConfig config, NodeFacts node, IpFamily family) {
        var loopback = family == IpFamily.IPV4 ? config.localhostNodePorts() : Loopback.NOT_SERVED;
        return switch (config.nodePortAddresses()) {
            case NodePortAddresses.All it -> new EveryLocal(loopback);
            case NodePortAddresses.Primary it ->
                new Only(node.primary(family).map(List::of).orElse(List.of()));
            case NodePortAddresses.Inside(var cidrs) -> {
                var own = cidrs.stream().filter(cidr -> cidr.family() == family).toList();
                if (own.isEmpty() || own.stream().anyMatch(cidr -> cidr.prefixLength() == 0)) {
                    yield new EveryLocal(loopback);
                }
                yield new Only(node.localAddresses(family).stream()
                        .filter(address -> own.stream().anyMatch(cidr -> cidr.contains(address)))
                        .filter(address -> !address.isLoopback() || loopback == Loopback.SERVED)
                        .toList());
            }
        };
    }
}
