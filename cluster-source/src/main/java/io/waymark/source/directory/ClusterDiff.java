package io.waymark.source.directory;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What must change for a state to become a plan, and nothing else. Where an object stands in its
/// file is no change: a line put in at the top would be one of everything below.
///
/// Endpoints come before others go, so that a name never loses its last one on the way; Services
/// go before others come, so that no address ever has two.
final class ClusterDiff {
    private static final Origin NOWHERE = new Origin.None();

    private final ClusterState from;
    private final ClusterPlan to;
    private final List<ClusterDelta> deltas = new ArrayList<>();

    private ClusterDiff(ClusterState from, ClusterPlan to) {
        this.from = from;
        this.to = to;
    }

    static List<ClusterDelta> between(ClusterState from, ClusterPlan to) {
        var diff = new ClusterDiff(from, to);
        diff.putNamespaces();
        diff.changeServices();
        diff.changeSlices();
        diff.changePods();
        diff.changeNodes();
        diff.changeServiceCidrs();
        diff.removeNamespaces();
        return diff.deltas;
    }

    private void putNamespaces() {
        for (Namespace namespace : to.namespaces().values()) {
            if (from.namespace(namespace.name()).isEmpty()) {
                deltas.add(new ClusterDelta.PutNamespace(namespace));
            }
        }
    }

    private void removeNamespaces() {
        from.namespaces().stream()
                .map(Namespace::name)
                .filter(name -> !to.namespaces().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemoveNamespace(name)));
    }

    private void changeServices() {
        from.services().stream()
                .map(Service::name)
                .filter(name -> !to.services().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemoveService(name)));
        for (Service service : to.services().values()) {
            var before = from.service(service.name()).map(ClusterDiff::placeless);
            var traffic = to.dataPath().traffic(service.name());
            if (!before.equals(Optional.of(placeless(service))) || !traffic.equals(from.traffic(service.name()))) {
                deltas.add(new ClusterDelta.PutService(service, ExternalAddresses.NONE, traffic));
            }
        }
    }

    private void changeSlices() {
        for (EndpointSlice slice : to.slices().values()) {
            var before = from.slice(slice.name()).map(ClusterDiff::placeless);
            if (!before.equals(Optional.of(placeless(slice)))) {
                deltas.add(new ClusterDelta.PutSlice(slice));
            }
        }
        from.slices().stream()
                .map(EndpointSlice::name)
                .filter(name -> !to.slices().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemoveSlice(name)));
    }

    private void changePods() {
        for (Pod pod : to.pods().values()) {
            var before = from.pod(pod.name()).map(ClusterDiff::placeless);
            if (!before.equals(Optional.of(placeless(pod)))) {
                deltas.add(new ClusterDelta.PutPod(pod));
            }
        }
        from.pods().stream()
                .map(Pod::name)
                .filter((NamespacedName name) -> !to.pods().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemovePod(name)));
    }

    private void changeNodes() {
        for (Node node : to.dataPath().nodes().values()) {
            var before = from.node(node.name()).map(ClusterDiff::placeless);
            if (!before.equals(Optional.of(placeless(node)))) {
                deltas.add(new ClusterDelta.PutNode(node));
            }
        }
        from.nodes().stream()
                .map(Node::name)
                .filter(name -> !to.dataPath().nodes().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemoveNode(name)));
    }

    private void changeServiceCidrs() {
        for (ServiceCidr cidr : to.dataPath().serviceCidrs().values()) {
            var before = from.serviceCidr(cidr.name()).map(ServiceCidr::cidrs);
            if (!before.equals(Optional.of(cidr.cidrs()))) {
                deltas.add(new ClusterDelta.PutServiceCidr(cidr));
            }
        }
        from.serviceCidrs().stream()
                .map(ServiceCidr::name)
                .filter(name -> !to.dataPath().serviceCidrs().containsKey(name))
                .sorted()
                .forEach(name -> deltas.add(new ClusterDelta.RemoveServiceCidr(name)));
    }

    private static Node placeless(Node node) {
        return new Node(node.name(), NOWHERE, node.addresses(), node.podCidrs(), node.zone(), node.departure());
    }

    private static Service placeless(Service service) {
        return switch (service) {
            case Service.ClusterIp(var name, var origin, var ips, var ports) ->
                new Service.ClusterIp(name, NOWHERE, ips, ports);
            case Service.Headless(var name, var origin, var ports) -> new Service.Headless(name, NOWHERE, ports);
            case Service.ExternalName(var name, var origin, var target) ->
                new Service.ExternalName(name, NOWHERE, target);
        };
    }

    private static EndpointSlice placeless(EndpointSlice slice) {
        return new EndpointSlice(slice.name(), NOWHERE, slice.service(), slice.ports(), slice.endpoints());
    }

    private static Pod placeless(Pod pod) {
        return new Pod(pod.name(), NOWHERE, pod.podIps(), pod.hostNetwork(), pod.labels());
    }
}
