package io.waymark.source.directory;

import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.TrafficPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Objects of the model as the manifests that describe them, for tests.
final class ManifestText {
    private ManifestText() {}

    static String of(Service service, ServiceTraffic traffic, Map<String, String> labels) {
        var external = traffic.external();
        var ingress = external.loadBalancerIps().stream()
                .map("{ip: '%s', ipMode: VIP}"::formatted)
                .toList();
        var created = external.createdSeconds() == 0
                ? ""
                : "  creationTimestamp: " + Instant.ofEpochSecond(external.createdSeconds()) + "\n";
        return of(service, labels).replace("spec:\n", created + "spec:\n")
                + """
                  type: %s
                  externalIPs: %s
                  loadBalancerSourceRanges: %s
                  internalTrafficPolicy: %s
                  externalTrafficPolicy: %s
                  sessionAffinity: %s
                  sessionAffinityConfig: {clientIP: {timeoutSeconds: %d}}
                  healthCheckNodePort: %d
                status:
                  loadBalancer: {ingress: %s}
                """.formatted(
                                ingress.isEmpty() ? "ClusterIP" : "LoadBalancer",
                                quoted(external.externalIps()),
                                quoted(external.sourceRanges()),
                                policy(traffic.internalPolicy()),
                                policy(traffic.externalPolicy()),
                                traffic.affinitySeconds() == 0 ? "None" : "ClientIP",
                                Math.max(1, traffic.affinitySeconds()),
                                traffic.healthCheckPort(),
                                ingress);
    }

    private static String policy(TrafficPolicy policy) {
        return switch (policy) {
            case CLUSTER -> "Cluster";
            case LOCAL -> "Local";
        };
    }

    static String of(Node node) {
        var addresses = node.addresses().stream()
                .map("{type: InternalIP, address: '%s'}"::formatted)
                .toList();
        String spec = "spec:\n  podCIDRs: " + quoted(node.podCidrs()) + "\n";
        String deleted = "  deletionTimestamp: '2026-01-01T00:00:00Z'\n";
        return "apiVersion: v1\nkind: Node\nmetadata:\n  name: %s\n  labels: {topology.kubernetes.io/zone: '%s'}\n"
                        .formatted(node.name(), node.zone())
                + switch (node.departure()) {
                    case STAYS -> spec;
                    case MARKED_BY_AUTOSCALER -> spec + "  taints: [{key: ToBeDeletedByClusterAutoscaler}]\n";
                    case BEING_DELETED -> deleted + spec;
                }
                + "status:\n  addresses: " + addresses + "\n";
    }

    static String of(ServiceCidr cidr) {
        return "apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata:\n  name: %s\nspec:\n  cidrs: %s\n"
                .formatted(cidr.name(), quoted(cidr.cidrs()));
    }

    static String of(Service service, Map<String, String> labels) {
        String spec = switch (service) {
            case Service.ClusterIp(var name, var origin, var ips, var ports) ->
                "clusterIPs: %s\n  ports: %s".formatted(quoted(ips), servicePorts(ports));
            case Service.Headless(var name, var origin, var ports) ->
                "clusterIP: None\n  ports: %s".formatted(servicePorts(ports));
            case Service.ExternalName(var name, var origin, var target) ->
                "type: ExternalName\n  externalName: " + target;
        };
        return head("v1", "Service", service.name(), labels) + "spec:\n  " + spec + "\n";
    }

    static String of(EndpointSlice slice, Map<String, String> labels) {
        var all = new TreeMap<>(labels);
        all.put("kubernetes.io/service-name", slice.service());
        var text = new StringBuilder(head("discovery.k8s.io/v1", "EndpointSlice", slice.name(), all));
        text.append("addressType: ")
                .append(slice.endpoints().isIpv6() ? "IPv6" : "IPv4")
                .append('\n');
        text.append("ports: ")
                .append(slice.ports().stream()
                        .map(port -> "{name: '%s', protocol: %s, port: %d}"
                                .formatted(port.name(), port.protocol(), port.port()))
                        .toList())
                .append("\nendpoints:\n");
        var rows = slice.endpoints();
        for (int row = 0; row < rows.size(); row++) {
            text.append("- addresses: ['").append(rows.address(row)).append("']\n");
            text.append("  conditions: {ready: %s, serving: %s, terminating: %s}\n"
                    .formatted(rows.isReady(row), rows.isServing(row), rows.isTerminating(row)));
            text.append("  hostname: '").append(rows.hostname(row)).append("'\n");
            text.append("  nodeName: '").append(rows.nodeName(row)).append("'\n");
            text.append("  zone: '").append(rows.zone(row)).append("'\n");
            text.append("  hints: {forZones: %s, forNodes: %s}\n"
                    .formatted(
                            names(rows.hints(row).zones()),
                            names(rows.hints(row).nodes())));
        }
        return text.toString();
    }

    private static List<String> names(List<String> names) {
        return names.stream().map("{name: '%s'}"::formatted).toList();
    }

    static String of(Namespace namespace, Map<String, String> labels) {
        return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: %s\n  labels: %s\n"
                .formatted(namespace.name(), mapping(labels));
    }

    static String of(Pod pod, Map<String, String> labels) {
        var ips = pod.podIps().stream().map("{ip: '%s'}"::formatted).toList();
        return head("v1", "Pod", pod.name(), labels) + "spec: {hostNetwork: " + pod.hostNetwork()
                + "}\nstatus:\n  phase: Running\n  podIPs: " + ips + "\n";
    }

    private static String head(String version, String kind, NamespacedName name, Map<String, String> labels) {
        return "apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n  namespace: %s\n  labels: %s\n"
                .formatted(version, kind, name.name(), name.namespace(), mapping(labels));
    }

    private static String servicePorts(List<ServicePort> ports) {
        return ports.stream()
                .map(port -> "{name: '%s', protocol: %s, port: %d, nodePort: %d}"
                        .formatted(port.name(), port.protocol(), port.port(), port.nodePort()))
                .toList()
                .toString();
    }

    private static String quoted(List<?> values) {
        return values.stream().map("'%s'"::formatted).toList().toString();
    }

    private static String mapping(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
