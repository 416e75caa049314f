package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/// The records of one Service's names: addresses and SRV (Kubernetes DNS-Based Service Discovery
/// 1.1.0 §2.3 and §2.4). The owner names are the caller's; here are the data.
final class ServiceRecords {
    private static final int WEIGHT_TOTAL = 100;

    private final ServiceEntry entry;
    private final boolean podNames;

    ServiceRecords(ServiceEntry entry, boolean podNames) {
        this.entry = entry;
        this.podNames = podNames;
    }

    /// One port and its protocol, as `_http._tcp` names it.
    record PortName(String port, String protocol) {
        boolean names(String portName, Protocol portProtocol) {
            return !portName.isEmpty() && port.equals(portName.toLowerCase(Locale.ROOT)) && hasProtocol(portProtocol);
        }

        boolean hasProtocol(Protocol portProtocol) {
            return protocol.equals(portProtocol.name().toLowerCase(Locale.ROOT));
        }
    }

    /// Which part of the Service a name stands for.
    sealed interface Part {
        /// The Service's own name.
        record Whole() implements Part {}

        /// `_http._tcp`: one port.
        record Port(PortName name) implements Part {}

        /// `10-1-2-3` or a hostname: the endpoints that go by this label.
        /// @param cluster the one of the cluster set that exports them; empty for the cluster itself
        record Endpoint(String label, String cluster) implements Part {
            boolean names(String endpointLabel, String endpointCluster) {
                return endpointLabel.equalsIgnoreCase(label) && endpointCluster.equals(cluster);
            }
        }

        /// `eu-1.pin._zone`: the endpoints in one topology zone, and no others.
        record Pinned(String zone) implements Part {}

        /// `eu-1.prefer._zone`: the endpoints in one topology zone, or all if there is none.
        record Preferred(String zone) implements Part {}
    }

    /// Something that a part of the Service leads to.
    /// @param cluster see [Part.Endpoint]
    /// @param label   the endpoint's label, empty for the Service itself
    /// @param port    -1 if it has none
    private record Target(String cluster, String label, IpAddress address, int port) {
        DomainName name(DomainName service) {
            return label.isEmpty() ? service : EndpointLabels.name(service, cluster, label);
        }
    }

    /// The targets of a part; none if the part does not exist.
    private List<Target> targets(Part part) {
        var targets = new ArrayList<Target>();
        switch (entry.service()) {
            case Service.ClusterIp clusterIp
            when !(part instanceof Part.Endpoint) -> addClusterIps(clusterIp, part, targets);
            case Service.ExternalName external -> {}
            case Service.ClusterIp clusterIp -> addEndpoints(part, targets);
            case Service.Headless headless -> addEndpoints(part, targets);
        }
        return targets.isEmpty() && part instanceof Part.Preferred ? targets(new Part.Whole()) : targets;
    }

    private static void addClusterIps(Service.ClusterIp service, Part part, List<Target> targets) {
        for (var ip : service.clusterIps()) {
            for (var port : service.ports()) {
                if (covers(part, port)) {
                    targets.add(new Target("", "", ip, port.port()));
                }
            }
            if (service.ports().isEmpty() && part instanceof Part.Whole) {
                targets.add(new Target("", "", ip, -1));
            }
        }
    }

    private static boolean covers(Part part, ServicePort port) {
        return !(part instanceof Part.Port(var name)) || name.names(port.name(), port.protocol());
    }

    private void addEndpoints(Part part, List<Target> targets) {
        entry.forEachReady((slice, row) -> {
            var label = EndpointLabels.of(slice.endpoints(), row, podNames);
            if (!covers(part, slice.sourceCluster(), label, slice.endpoints().zone(row))) {
                return;
            }
            var address = slice.endpoints().address(row);
            for (EndpointPort port : slice.ports()) {
                if (!(part instanceof Part.Port(var name)) || name.names(port.name(), port.protocol())) {
                    targets.add(new Target(slice.sourceCluster(), label, address, port.port()));
                }
            }
            if (slice.ports().isEmpty() && !(part instanceof Part.Port)) {
                targets.add(new Target(slice.sourceCluster(), label, address, -1));
            }
        });
    }

    private static boolean covers(Part part, String cluster, String label, String zone) {
        return switch (part) {
            case Part.Whole whole -> true;
            case Part.Port port -> true;
            case Part.Endpoint asked -> asked.names(label, cluster);
            case Part.Pinned(var asked) -> zone.equalsIgnoreCase(asked);
            case Part.Preferred(var asked) -> zone.equalsIgnoreCase(asked);
        };
    }

    /// Whether the part has a name at all. Each topology zone has one, whoever may be in it.
    boolean exists(Part part) {
        return switch (part) {
            case Part.Whole whole ->
                switch (entry.service()) {
                    case Service.ClusterIp clusterIp -> true;
                    case Service.Headless headless -> entry.hasReady();
                    case Service.ExternalName external -> true;
                };
            case Part.Port port -> !targets(port).isEmpty();
            case Part.Endpoint endpoint -> !targets(endpoint).isEmpty() || isAboveEndpoints(endpoint);
            case Part.Pinned pinned -> entry.hasReady();
            case Part.Preferred preferred -> entry.hasReady();
        };
    }

    /// Whether the label is that of a cluster with ready endpoints: an empty non-terminal.
    private boolean isAboveEndpoints(Part.Endpoint endpoint) {
        return endpoint.cluster.isEmpty()
                && entry.slices().stream()
                        .filter(slice -> slice.sourceCluster().equals(endpoint.label))
                        .anyMatch(slice -> new ServiceEntry(entry.key(), entry.service(), List.of(slice)).hasReady());
    }

    /// Whether there is a named port of the protocol, so that `_tcp` is an empty non-terminal.
    boolean hasPortOf(String protocol) {
        var asked = new PortName("", protocol);
        return switch (entry.service()) {
            case Service.ClusterIp(var name, var origin, var ips, var ports) ->
                ports.stream().anyMatch(port -> !port.name().isEmpty() && asked.hasProtocol(port.protocol()));
            case Service.Headless headless ->
                entry.slices().stream()
                        .filter(slice -> new ServiceEntry(entry.key(), headless, List.of(slice)).hasReady())
                        .flatMap(slice -> slice.ports().stream())
                        .anyMatch(port -> !port.name().isEmpty() && asked.hasProtocol(port.protocol()));
            case Service.ExternalName external -> false;
        };
    }

    /// The address records of one family, without repetition; empty if there is none.
    List<RecordData> addresses(Part part, RecordType type) {
        boolean ipv4 = type.equals(RecordType.A);
        if (part instanceof Part.Whole && entry.service() instanceof Service.ClusterIp service) {
            return clusterIps(service, ipv4);
        }
        var data = new LinkedHashSet<RecordData>();
        for (var target : targets(part)) {
            if (target.address instanceof IpAddress.V4 == ipv4) {
                data.add(RecordData.address(target.address));
            }
        }
        return List.copyOf(data);
    }

    private static List<RecordData> clusterIps(Service.ClusterIp service, boolean ipv4) {
        var data = new ArrayList<RecordData>(1);
        for (var ip : service.clusterIps()) {
            if (ip instanceof IpAddress.V4 == ipv4) {
                data.add(RecordData.address(ip));
            }
        }
        return data;
    }

    /// The SRV records of a part, and the addresses of the names they lead to.
    /// @param targets those names, each with its addresses, for the additional section
    record SrvRecords(List<RecordData> data, List<Glue> targets) {}

    /// One name that a SRV record leads to, and one of its addresses.
    record Glue(DomainName owner, IpAddress address) {}

    /// @param service the Service's own name
    SrvRecords srv(Part part, DomainName service) {
        var targets = targets(part);
        var data = new LinkedHashSet<RecordData>();
        SequencedSet<Glue> glue = new LinkedHashSet<>();
        // Every way in counts, also one that is told apart only by what SRV cannot say: two
        // families or two protocols behind one port halve the weight of the record they share.
        int weight = targets.isEmpty() ? 0 : Math.max(1, WEIGHT_TOTAL / targets.size());
        for (var target : targets) {
            if (target.port < 0) {
                continue;
            }
            var name = target.name(service);
            data.add(new RecordData.Srv(0, weight, target.port, name));
            glue.add(new Glue(name, target.address));
        }
        return new SrvRecords(List.copyOf(data), List.copyOf(glue));
    }
}
