package io.waymark.proxy.trace;

import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.TrafficPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// What becomes of a packet, read off the objects each time, the long way: no rules, no lists that are
/// kept, no deltas. For a detector by `cluster` and the form of nftables mode with all node addresses.
/// @param cluster the prefix that makes a client a Pod
record PlainReading(ClusterState state, NodeFacts node, Cidr cluster) {

    /// One endpoint for one port of a Service.
    private record Endpoint(IpAddress address, int port, Endpoints.Row row, long version) {
        String text() {
            return address instanceof IpAddress.V6 ? "[" + address + "]:" + port : address + ":" + port;
        }

        boolean standsIn() {
            return row.serving() && row.terminating();
        }
    }

    /// A Service port that claims a packet's destination, and as what.
    private record Claim(Service.ClusterIp service, ServicePort port, int rank, long created) {}

    /// As [VerdictText] says it.
    String verdict(Packet packet) {
        var claims = new ArrayList<Claim>();
        for (var any : state.services()) {
            if (any instanceof Service.ClusterIp service
                    && service.clusterIps().stream().anyMatch(isOf(packet))) {
                distinctPorts(service).forEach(port -> claim(service, port, packet, claims));
            }
        }
        // An address before a node port, then as the claims rank.
        return claims.stream()
                .min(Comparator.comparingInt(Claim::rank)
                        .thenComparingLong(Claim::created)
                        .thenComparing(claim -> claim.service.name())
                        .thenComparing(claim -> claim.port.name()))
                .map(claim -> at(claim, packet))
                .orElseGet(() -> unclaimed(packet));
    }

    private static Predicate<IpAddress> isOf(Packet packet) {
        return address -> address.family() == packet.to().family();
    }

    private static List<ServicePort> distinctPorts(Service.ClusterIp service) {
        var ports = new TreeMap<String, ServicePort>();
        service.ports().forEach(port -> ports.putIfAbsent(port.name() + "/" + port.protocol(), port));
        return List.copyOf(ports.values());
    }

    private void claim(Service.ClusterIp service, ServicePort port, Packet packet, List<Claim> claims) {
        if (port.protocol() != packet.protocol()) {
            return;
        }
        var external = state.traffic(service.name()).external();
        var clusterIp =
                service.clusterIps().stream().filter(isOf(packet)).findFirst().orElseThrow();
        int rank = -1;
        if (port.port() == packet.toPort()) {
            if (clusterIp.equals(packet.to())) {
                rank = 0;
            } else if (!isUnfit(packet.to()) && external.loadBalancerIps().contains(packet.to())) {
                rank = 1;
            } else if (!isUnfit(packet.to()) && external.externalIps().contains(packet.to())) {
                rank = 2;
            }
        }
        if (rank < 0
                && port.nodePort() == packet.toPort()
                && node.localAddresses().contains(packet.to())) {
            rank = 3;
        }
        if (rank >= 0) {
            claims.add(new Claim(service, port, rank, external.createdSeconds()));
        }
    }

    private static boolean isUnfit(IpAddress address) {
        return address.isLoopback() || address.isUnspecified();
    }

    private String unclaimed(Packet packet) {
        if (node.localAddresses().contains(packet.to()) || packet.to().isLoopback()) {
            return "pass";
        }
        boolean isClusterIp = state.services().stream()
                .anyMatch(service -> service instanceof Service.ClusterIp it
                        && !it.ports().isEmpty()
                        && it.clusterIps().stream()
                                .filter(isOf(packet))
                                .findFirst()
                                .equals(Optional.of(packet.to())));
        if (isClusterIp) {
            return "reject";
        }
        return state.serviceCidrs().stream()
                        .flatMap(object -> object.cidrs().stream())
                        .anyMatch(cidr -> cidr.contains(packet.to()))
                ? "drop"
                : "pass";
    }

    private String at(Claim claim, Packet packet) {
        var traffic = state.traffic(claim.service.name());
        boolean isPod = cluster.contains(packet.from());
        boolean isNode = !isPod && node.localAddresses().contains(packet.from());
        if (claim.rank == 1 && !isAdmitted(claim, packet)) {
            return "drop";
        }
        var endpoints = endpoints(claim.service, claim.port, packet);
        boolean isOutside = isExternal(claim, packet);
        boolean internalLocal = traffic.internalPolicy() == TrafficPolicy.LOCAL;
        boolean externalLocal = isOutside && traffic.externalPolicy() == TrafficPolicy.LOCAL;
        boolean usesCluster = !internalLocal || isOutside;
        var clusterList = usesCluster ? clusterList(endpoints) : List.<Endpoint>of();
        var localList = localList(endpoints);
        boolean any = !clusterList.isEmpty()
                || (internalLocal || externalLocal)
                        && endpoints.stream().anyMatch(it -> it.row.ready() || it.standsIn());
        if (!any) {
            return "reject";
        }
        if (claim.rank == 0) {
            return send(internalLocal ? localList : clusterList, !isPod, packet);
        }
        if (!externalLocal) {
            return send(clusterList, true, packet);
        }
        return isPod
                ? send(clusterList, false, packet)
                : isNode ? send(clusterList, true, packet) : send(localList, false, packet);
    }

    private boolean isExternal(Claim claim, Packet packet) {
        var external = state.traffic(claim.service.name()).external();
        var clusterIp = claim.service.clusterIps().stream()
                .filter(isOf(packet))
                .findFirst()
                .orElseThrow();
        Predicate<IpAddress> counts =
                address -> isOf(packet).test(address) && !isUnfit(address) && !address.equals(clusterIp);
        return claim.port.nodePort() != 0
                || external.loadBalancerIps().stream().anyMatch(counts)
                || external.externalIps().stream().anyMatch(counts);
    }

    private boolean isAdmitted(Claim claim, Packet packet) {
        var external = state.traffic(claim.service.name()).external();
        var ranges = external.sourceRanges().stream()
                .filter(range -> range.family() == packet.to().family())
                .toList();
        if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.prefixLength() == 0)) {
            return true;
        }
        boolean isNodeIn = node.addresses().stream()
                .filter(isOf(packet))
                .findFirst()
                .filter(address -> ranges.stream().anyMatch(range -> range.contains(address)))
                .isPresent();
        return ranges.stream().anyMatch(range -> range.contains(packet.from()))
                || isNodeIn && external.loadBalancerIps().contains(packet.from());
    }

    private static String send(List<Endpoint> list, boolean masqueraded, Packet packet) {
        if (list.isEmpty()) {
            return "drop";
        }
        var texts = new ArrayList<String>();
        for (var endpoint : list) {
            texts.add(endpoint.text() + (masqueraded || endpoint.address.equals(packet.from()) ? "*" : ""));
        }
        return String.join(" ", texts);
    }

    private List<Endpoint> clusterList(List<Endpoint> endpoints) {
        var ready = endpoints.stream().filter(it -> it.row.ready()).toList();
        if (ready.isEmpty()) {
            return endpoints.stream().filter(Endpoint::standsIn).toList();
        }
        for (var rule : List.<Map.Entry<Function<Hints, List<String>>, String>>of(
                Map.entry(Hints::nodes, node.name()), Map.entry(Hints::zones, node.zone()))) {
            Predicate<Endpoint> isMeant =
                    it -> rule.getKey().apply(it.row.hints()).contains(rule.getValue());
            boolean allHave = ready.stream()
                    .allMatch(it -> !rule.getKey().apply(it.row.hints()).isEmpty());
            if (allHave && ready.stream().anyMatch(isMeant)) {
                return ready.stream().filter(isMeant).toList();
            }
        }
        return ready;
    }

    private List<Endpoint> localList(List<Endpoint> endpoints) {
        var here = endpoints.stream()
                .filter(it -> !node.name().isEmpty() && it.row.nodeName().equals(node.name()))
                .toList();
        var ready = here.stream().filter(it -> it.row.ready()).toList();
        return ready.isEmpty() ? here.stream().filter(Endpoint::standsIn).toList() : ready;
    }

    /// By text, each address and port once.
    private List<Endpoint> endpoints(Service.ClusterIp service, ServicePort port, Packet packet) {
        var all = new TreeMap<String, Endpoint>();
        for (var slice : state.slicesOf(service.name())) {
            for (var target : slice.ports()) {
                boolean isTarget = target.name().equals(port.name()) && target.protocol() == port.protocol();
                if (isTarget && slice.endpoints().family() == packet.to().family()) {
                    read(slice, target.port(), all);
                }
            }
        }
        return List.copyOf(all.values());
    }

    private static void read(EndpointSlice slice, int port, Map<String, Endpoint> all) {
        for (int row = 0; row < slice.endpoints().size(); row++) {
            var read = new Endpoint(
                    slice.endpoints().address(row),
                    port,
                    slice.endpoints().row(row),
                    slice.origin().version());
            var known = all.get(read.text());
            boolean wins = known == null
                    || known.row.terminating() && !read.row.terminating()
                    || known.row.terminating() == read.row.terminating() && read.version >= known.version;
            if (wins) {
                all.put(read.text(), read);
            }
        }
    }
}
