package io.waymark.proxy.rules.node;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Node;
import java.util.List;
import java.util.Optional;

/// What the rules need to know of the node they are for.
/// @param name           as in `nodeName` of endpoints
/// @param zone           its label `topology.kubernetes.io/zone`, or empty
/// @param addresses      by which the cluster knows it, the best first
/// @param podCidrs       its Pod ranges; empty until they are given out
/// @param localAddresses all addresses on its interfaces, of both families
public record NodeFacts(
        String name, String zone, List<IpAddress> addresses, List<Cidr> podCidrs, List<IpAddress> localAddresses) {
    /// Copies the lists.
    public NodeFacts {
        addresses = List.copyOf(addresses);
        podCidrs = List.copyOf(podCidrs);
        localAddresses = List.copyOf(localAddresses);
    }

    /// What the cluster says of a node, and the kernel of its addresses.
    public static NodeFacts of(Node node, List<IpAddress> localAddresses) {
        return new NodeFacts(node.name(), node.zone(), node.addresses(), node.podCidrs(), localAddresses);
    }

    /// The same with other addresses on its interfaces. A node that the cluster does not know is known by
    /// those.
    public NodeFacts relocated(List<IpAddress> others) {
        return new NodeFacts(name, zone, addresses.equals(localAddresses) ? others : addresses, podCidrs, others);
    }

    /// The address by which the node is known in one family.
    public Optional<IpAddress> primary(IpFamily family) {
        return addresses.stream().filter(address -> address.family() == family).findFirst();
    }

    /// What is on the interfaces in one family, sorted, each once.
    List<IpAddress> localAddresses(IpFamily family) {
        return localAddresses.stream()
                .filter(address -> address.family() == family)
                .distinct()
                .sorted()
                .toList();
    }
}
