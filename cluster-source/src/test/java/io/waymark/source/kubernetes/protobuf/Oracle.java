package io.waymark.source.kubernetes.protobuf;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Networking;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What an object of the official classes is to us, said the long way: no octets, no reuse, rules as
/// regular expressions.
public final class Oracle {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String LABELS = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private Oracle() {}

    /// The delta that the object makes, Pod names of endpoints included.
    public static ClusterDelta delta(Message object) {
        return switch (object) {
            case V1.Service service -> service(service);
            case V1Discovery.EndpointSlice slice -> slice(slice);
            case V1.Namespace namespace -> namespace(namespace);
            case V1.Pod pod -> pod(pod);
            case V1.Node node -> node(node);
            case V1Networking.ServiceCIDR cidr ->
                new ClusterDelta.PutServiceCidr(new ServiceCidr(
                        cidr.getMetadata().getName(),
                        origin(cidr.getMetadata()),
                        cidr.getSpec().getCidrsList().stream().map(Cidr::of).toList()));
            default -> throw new IllegalArgumentException(object.getClass().getName());
        };
    }

    private static NamespacedName name(Meta.ObjectMeta metadata) {
        return new NamespacedName(metadata.getNamespace(), metadata.getName());
    }

    private static Origin origin(Meta.ObjectMeta metadata) {
        var uid = UUID.fromString(metadata.getUid());
        return new Origin.Api(
                uid.getMostSignificantBits(),
                uid.getLeastSignificantBits(),
                Long.parseLong(metadata.getResourceVersion()));
    }

    private static ClusterDelta service(V1.Service service) {
        var name = name(service.getMetadata());
        var origin = origin(service.getMetadata());
        var spec = service.getSpec();
        var gone = new ClusterDelta.RemoveService(name);
        if (!name.name().matches(LABEL) || !name.namespace().matches(LABEL)) {
            return gone;
        }
        if (spec.getType().equals("ExternalName")) {
            var target = spec.getExternalName();
            return target.isEmpty() || DomainName.parse(target).isEmpty()
                    ? gone
                    : new ClusterDelta.PutService(new Service.ExternalName(name, origin, target));
        }
        var ports = spec.getPortsList().stream()
                .flatMap(port -> port(port.getName(), port.getProtocol(), port.getPort()).stream())
                .map(port -> new ServicePort(port.name(), port.protocol(), port.port()))
                .toList();
        var texts = spec.getClusterIPsCount() > 0 ? spec.getClusterIPsList() : List.of(spec.getClusterIP());
        if (texts.get(0).equals("None")) {
            return new ClusterDelta.PutService(new Service.Headless(name, origin, ports));
        }
        var addresses = addresses(texts.stream());
        return addresses.isEmpty()
                ? gone
                : new ClusterDelta.PutService(new Service.ClusterIp(name, origin, addresses, ports));
    }

    private static ClusterDelta slice(V1Discovery.EndpointSlice slice) {
        var name = name(slice.getMetadata());
        var service = slice.getMetadata().getLabelsOrDefault("kubernetes.io/service-name", "");
        boolean isServed = name.namespace().matches(LABEL)
                && isSubdomain(name.name())
                && service.matches(LABEL)
                && slice.getAddressType().matches("IPv[46]");
        if (!isServed) {
            return new ClusterDelta.RemoveSlice(name);
        }
        int octets = slice.getAddressType().equals("IPv4") ? 4 : 16;
        var rows = new Endpoints.Builder(octets);
        for (var endpoint : slice.getEndpointsList()) {
            var row = row(endpoint);
            addresses(endpoint.getAddressesList().stream()).stream()
                    .filter(address -> address.octets().length == octets)
                    .forEach(address -> rows.add(address, row));
        }
        var ports = slice.getPortsList().stream()
                .filter(V1Discovery.EndpointPort::hasPort)
                .flatMap(port -> port(port.getName(), port.getProtocol(), port.getPort()).stream())
                .toList();
        return new ClusterDelta.PutSlice(
                new EndpointSlice(name, origin(slice.getMetadata()), service, ports, rows.build()));
    }

    private static Endpoints.Row row(V1Discovery.Endpoint endpoint) {
        var conditions = endpoint.getConditions();
        boolean ready = !conditions.hasReady() || conditions.getReady();
        return new Endpoints.Row(
                ready,
                conditions.hasServing() ? conditions.getServing() : ready,
                conditions.getTerminating(),
                endpoint.getHostname().matches(LABEL) ? endpoint.getHostname() : "",
                endpoint.getNodeName(),
                endpoint.getZone(),
                endpoint.getTargetRef().getKind().equals("Pod")
                        ? endpoint.getTargetRef().getName()
                        : "");
    }

    private static ClusterDelta namespace(V1.Namespace namespace) {
        var name = namespace.getMetadata().getName();
        return name.matches(LABEL)
                ? new ClusterDelta.PutNamespace(new Namespace(name, origin(namespace.getMetadata())))
                : new ClusterDelta.RemoveNamespace(name);
    }

    private static ClusterDelta pod(V1.Pod pod) {
        var name = name(pod.getMetadata());
        if (!name.namespace().matches(LABEL) || !isSubdomain(name.name())) {
            return new ClusterDelta.RemovePod(name);
        }
        var status = pod.getStatus();
        var texts = status.getPodIPsCount() > 0
                ? status.getPodIPsList().stream().map(V1.PodIP::getIp)
                : Stream.of(status.getPodIP());
        return new ClusterDelta.PutPod(new Pod(
                name,
                origin(pod.getMetadata()),
                addresses(texts),
                pod.getSpec().getHostNetwork(),
                pod.getMetadata().getLabelsMap()));
    }

    private static ClusterDelta node(V1.Node node) {
        var metadata = node.getMetadata();
        var addresses = Stream.of("InternalIP", "ExternalIP")
                .flatMap(type -> node.getStatus().getAddressesList().stream()
                        .filter(address -> address.getType().equals(type))
                        .map(address -> IpAddress.of(address.getAddress())))
                .toList();
        boolean isTainted = node.getSpec().getTaintsList().stream()
                .anyMatch(taint -> taint.getKey().equals("ToBeDeletedByClusterAutoscaler"));
        return new ClusterDelta.PutNode(new Node(
                metadata.getName(),
                origin(metadata),
                addresses,
                node.getSpec().getPodCIDRsList().stream().map(Cidr::of).toList(),
                metadata.getLabelsOrDefault("topology.kubernetes.io/zone", ""),
                metadata.hasDeletionTimestamp()
                        ? Node.Departure.BEING_DELETED
                        : isTainted ? Node.Departure.MARKED_BY_AUTOSCALER : Node.Departure.STAYS));
    }

    private static boolean isSubdomain(String name) {
        return name.length() <= 253
                && name.matches(LABELS)
                && Stream.of(name.split("\\.", -1)).allMatch(label -> !label.isEmpty());
    }

    private static Optional<EndpointPort> port(String name, String protocol, int number) {
        boolean isServed = number >= 1 && number <= 65535 && (name.isEmpty() || name.matches(LABEL));
        return Protocol.parse(protocol).filter(known -> isServed).map(known -> new EndpointPort(name, known, number));
    }

    private static List<IpAddress> addresses(Stream<String> texts) {
        return texts.flatMap(text -> IpAddress.parse(text).stream()).toList();
    }
}
