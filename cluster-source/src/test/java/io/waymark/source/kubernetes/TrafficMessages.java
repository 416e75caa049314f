package io.waymark.source.kubernetes;

import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Networking;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.TrafficPolicy;
import java.util.UUID;

/// What the data path wants of objects, in the official classes.
final class TrafficMessages {
    private TrafficMessages() {}

    static V1.ServiceSpec with(V1.ServiceSpec given, ServiceTraffic traffic) {
        var spec = given.toBuilder();
        var external = traffic.external();
        external.externalIps().forEach(address -> spec.addExternalIPs(address.toString()));
        external.sourceRanges().forEach(range -> spec.addLoadBalancerSourceRanges(" " + range + " "));
        if (!external.loadBalancerIps().isEmpty() || traffic.healthCheckPort() != 0) {
            spec.setType("LoadBalancer");
        } else if (given.getPortsList().stream().anyMatch(port -> port.getNodePort() != 0)) {
            spec.setType("NodePort");
        }
        if (traffic.affinitySeconds() != 0) {
            spec.setSessionAffinity("ClientIP")
                    .setSessionAffinityConfig(V1.SessionAffinityConfig.newBuilder()
                            .setClientIP(V1.ClientIPConfig.newBuilder().setTimeoutSeconds(traffic.affinitySeconds())));
        }
        return spec.setInternalTrafficPolicy(policy(traffic.internalPolicy()))
                .setExternalTrafficPolicy(policy(traffic.externalPolicy()))
                .setHealthCheckNodePort(traffic.healthCheckPort())
                .build();
    }

    static V1.ServiceStatus status(ServiceTraffic traffic) {
        var balancer = V1.LoadBalancerStatus.newBuilder()
                .addIngress(V1.LoadBalancerIngress.newBuilder().setHostname("lb.example"))
                .addIngress(
                        V1.LoadBalancerIngress.newBuilder().setIp("192.0.2.250").setIpMode("Proxy"));
        traffic.external()
                .loadBalancerIps()
                .forEach(address -> balancer.addIngress(V1.LoadBalancerIngress.newBuilder()
                        .setIp(address.toString())
                        .setIpMode("VIP")));
        return V1.ServiceStatus.newBuilder().setLoadBalancer(balancer).build();
    }

    private static String policy(TrafficPolicy policy) {
        return switch (policy) {
            case CLUSTER -> "Cluster";
            case LOCAL -> "Local";
        };
    }

    static V1Discovery.EndpointHints of(Hints hints) {
        var message = V1Discovery.EndpointHints.newBuilder();
        hints.zones()
                .forEach(zone ->
                        message.addForZones(V1Discovery.ForZone.newBuilder().setName(zone)));
        hints.nodes()
                .forEach(node ->
                        message.addForNodes(V1Discovery.ForNode.newBuilder().setName(node)));
        return message.build();
    }

    static V1.Node of(Node node) {
        var spec = V1.NodeSpec.newBuilder();
        node.podCidrs().forEach(cidr -> spec.addPodCIDRs(cidr.toString()));
        spec.addTaints(
                V1.Taint.newBuilder().setKey("node.kubernetes.io/unschedulable").setEffect("NoSchedule"));
        var status = V1.NodeStatus.newBuilder()
                .addAddresses(V1.NodeAddress.newBuilder().setType("Hostname").setAddress(node.name()));
        node.addresses()
                .forEach(address -> status.addAddresses(
                        V1.NodeAddress.newBuilder().setType("InternalIP").setAddress(address.toString())));
        var metadata = metadata(node.name());
        if (!node.zone().isEmpty()) {
            metadata.putLabels("topology.kubernetes.io/zone", node.zone());
        }
        switch (node.departure()) {
            case STAYS -> {}
            case MARKED_BY_AUTOSCALER -> spec.addTaints(V1.Taint.newBuilder().setKey("ToBeDeletedByClusterAutoscaler"));
            case BEING_DELETED ->
                metadata.setDeletionTimestamp(Meta.Time.newBuilder().setSeconds(1_700_000_000));
        }
        return V1.Node.newBuilder()
                .setMetadata(metadata)
                .setSpec(spec)
                .setStatus(status)
                .build();
    }

    static V1Networking.ServiceCIDR of(ServiceCidr cidr) {
        var spec = V1Networking.ServiceCIDRSpec.newBuilder();
        cidr.cidrs().forEach(one -> spec.addCidrs(one.toString()));
        return V1Networking.ServiceCIDR.newBuilder()
                .setMetadata(metadata(cidr.name()))
                .setSpec(spec)
                .build();
    }

    private static Meta.ObjectMeta.Builder metadata(String name) {
        return Meta.ObjectMeta.newBuilder().setName(name).setUid(new UUID(2, name.hashCode()).toString());
    }
}
