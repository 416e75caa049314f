package io.waymark.source.kubernetes;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.source.ClusterSource;
import io.waymark.source.ClusterSourceContract;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceWorld;
import io.waymark.source.TrafficContract;
import io.waymark.source.kubernetes.ScriptedApi.Faults;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The contract of all sources, kept by the Kubernetes source before a scripted API server.
class KubernetesContractTest implements ClusterSourceContract, TrafficContract {

    @Override
    public SourceWorld world() {
        try {
            var world = new ApiWorld(1);
            return new ApiSourceWorld(world, new ScriptedApi(world, Faults.NONE));
        } catch (IOException noSocket) {
            throw new UncheckedIOException(noSocket);
        }
    }

    private record ApiSourceWorld(ApiWorld world, ScriptedApi api) implements SourceWorld {
        @Override
        public ClusterSource open(SourceScope scope) {
            return new KubernetesSource(KubernetesConfig.ofEndpoint(api.uri()), RequestLimits.NONE, scope);
        }

        @Override
        public void make(ClusterDelta delta, Map<String, String> labels) {
            switch (delta) {
                case ClusterDelta.PutService(var service, var external, var traffic) ->
                    put(
                            ResourceKind.SERVICES,
                            service.name().toString(),
                            V1.Service.newBuilder()
                                    .setMetadata(metadata(service.name(), labels).toBuilder()
                                            .setCreationTimestamp(Meta.Time.newBuilder()
                                                    .setSeconds(
                                                            traffic.external().createdSeconds())))
                                    .setSpec(TrafficMessages.with(spec(service), traffic))
                                    .setStatus(TrafficMessages.status(traffic))
                                    .build());
                case ClusterDelta.PutSlice(var slice) ->
                    put(ResourceKind.ENDPOINT_SLICES, slice.name().toString(), slice(slice, labels));
                case ClusterDelta.PutNamespace(var namespace) ->
                    put(
                            ResourceKind.NAMESPACES,
                            namespace.name(),
                            V1.Namespace.newBuilder()
                                    .setMetadata(metadata(new NamespacedName("", namespace.name()), labels))
                                    .build());
                case ClusterDelta.PutPod(var pod) ->
                    put(ResourceKind.PODS, pod.name().toString(), pod(pod, labels));
                case ClusterDelta.RemoveService(var name) -> world.delete(ResourceKind.SERVICES, name.toString());
                case ClusterDelta.RemoveSlice(var name) -> world.delete(ResourceKind.ENDPOINT_SLICES, name.toString());
                case ClusterDelta.RemoveNamespace(var name) -> world.delete(ResourceKind.NAMESPACES, name);
                case ClusterDelta.RemovePod(var name) -> world.delete(ResourceKind.PODS, name.toString());
                case ClusterDelta.PutNode(var node) -> put(ResourceKind.NODES, node.name(), TrafficMessages.of(node));
                case ClusterDelta.RemoveNode(var name) -> world.delete(ResourceKind.NODES, name);
                case ClusterDelta.PutServiceCidr(var cidr) ->
                    put(ResourceKind.SERVICE_CIDRS, cidr.name(), TrafficMessages.of(cidr));
                case ClusterDelta.RemoveServiceCidr(var name) -> world.delete(ResourceKind.SERVICE_CIDRS, name);
            }
        }

        /// An update that changes nothing has no new version, as with the API server.
        private void put(ResourceKind kind, String key, Message object) {
            boolean isSame = world.find(kind, key)
                    .filter(present -> ApiWorld.withVersion(present, 0).equals(ApiWorld.withVersion(object, 0)))
                    .isPresent();
            if (!isSame) {
                world.put(kind, ApiWorld.withVersion(object, world.nextVersion()));
            }
        }

        @Override
        public void makeImpossible(NamespacedName service) {
            put(
                    ResourceKind.SERVICES,
                    service.toString(),
                    V1.Service.newBuilder()
                            .setMetadata(metadata(service, Map.of()))
                            .setSpec(V1.ServiceSpec.newBuilder().setClusterIP("10.96.0.256"))
                            .build());
        }

        private static Meta.ObjectMeta metadata(NamespacedName name, Map<String, String> labels) {
            return Meta.ObjectMeta.newBuilder()
                    .setNamespace(name.namespace())
                    .setName(name.name())
                    .setUid(new UUID(1, name.hashCode()).toString())
                    .putAllLabels(labels)
                    .build();
        }

        private static V1.ServiceSpec spec(Service service) {
            var spec = V1.ServiceSpec.newBuilder();
            return switch (service) {
                case Service.ClusterIp(var name, var origin, var addresses, var ports) -> {
                    addresses.forEach(address -> spec.addClusterIPs(address.toString()));
                    yield spec.addAllPorts(ports(ports)).build();
                }
                case Service.Headless(var name, var origin, var ports) ->
                    spec.setClusterIP("None").addAllPorts(ports(ports)).build();
                case Service.ExternalName(var name, var origin, var target) ->
                    spec.setType("ExternalName").setExternalName(target).build();
            };
        }

        private static List<V1.ServicePort> ports(List<ServicePort> ports) {
            return ports.stream()
                    .map(port -> V1.ServicePort.newBuilder()
                            .setName(port.name())
                            .setProtocol(port.protocol().name())
                            .setPort(port.port())
                            .setNodePort(port.nodePort())
                            .build())
                    .toList();
        }

        private static V1Discovery.EndpointSlice slice(EndpointSlice slice, Map<String, String> labels) {
            var message = V1Discovery.EndpointSlice.newBuilder()
                    .setMetadata(metadata(slice.name(), labels).toBuilder()
                            .putLabels("kubernetes.io/service-name", slice.service()))
                    .setAddressType(slice.endpoints().isIpv6() ? "IPv6" : "IPv4");
            slice.ports()
                    .forEach(port -> message.addPorts(V1Discovery.EndpointPort.newBuilder()
                            .setName(port.name())
                            .setProtocol(port.protocol().name())
                            .setPort(port.port())));
            var rows = slice.endpoints();
            for (int row = 0; row < rows.size(); row++) {
                message.addEndpoints(V1Discovery.Endpoint.newBuilder()
                        .addAddresses(rows.address(row).toString())
                        .setConditions(V1Discovery.EndpointConditions.newBuilder()
                                .setReady(rows.isReady(row))
                                .setServing(rows.isServing(row))
                                .setTerminating(rows.isTerminating(row)))
                        .setHostname(rows.hostname(row))
                        .setNodeName(rows.nodeName(row))
                        .setZone(rows.zone(row))
                        .setHints(TrafficMessages.of(rows.hints(row))));
            }
            return message.build();
        }

        private static V1.Pod pod(Pod pod, Map<String, String> labels) {
            var status = V1.PodStatus.newBuilder().setPhase("Running");
            pod.podIps()
                    .forEach(address -> status.addPodIPs(V1.PodIP.newBuilder().setIp(address.toString())));
            return V1.Pod.newBuilder()
                    .setMetadata(metadata(pod.name(), labels))
                    .setSpec(V1.PodSpec.newBuilder().setHostNetwork(pod.hostNetwork()))
                    .setStatus(status)
                    .build();
        }

        @Override
        public void close() {
            try {
                api.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
