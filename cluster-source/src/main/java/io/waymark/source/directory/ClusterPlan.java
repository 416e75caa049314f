package io.waymark.source.directory;

import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Pod;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.source.SourceScope;
import io.waymark.source.manifest.Manifest;
import java.util.List;
import java.util.Map;

/// What a cluster would hold if the manifests were applied to it: the objects in them and those
/// that it adds by itself. Equal manifests give equal plans, whatever happened in between.
/// @param additions what was added, for people
/// @param warnings  what could not be and was left out, for people
record ClusterPlan(
        Map<NamespacedName, Service> services,
        Map<NamespacedName, EndpointSlice> slices,
        Map<String, Namespace> namespaces,
        Map<NamespacedName, Pod> pods,
        DataPath dataPath,
        Additions additions,
        List<String> warnings) {

    /// The Service by which Pods reach the API server. Every cluster has it.
    static final NamespacedName KUBERNETES = new NamespacedName("default", "kubernetes");

    /// What only a data path is told; empty for names.
    /// @param traffics of the Services that are not plain
    /// @param nodes    the own Node, if a manifest describes it
    record DataPath(
            Map<NamespacedName, ServiceTraffic> traffics,
            Map<String, Node> nodes,
            Map<String, ServiceCidr> serviceCidrs) {
        ServiceTraffic traffic(NamespacedName service) {
            return traffics.getOrDefault(service, ServiceTraffic.PLAIN);
        }
    }

    /// @param addressed  Services that were given an address
    /// @param selected   Services whose endpoints were made from Pods
    /// @param namespaces those that only other objects speak of
    /// @param kubernetes whether `default/kubernetes` was added
    record Additions(int addressed, int selected, List<String> namespaces, boolean kubernetes) {}

    /// @param manifests in the order of their files; of two for one object the later counts
    static ClusterPlan of(List<Manifest> manifests, DirectoryConfig config, SourceScope scope) {
        return new ClusterAssembly(config, scope).assemble(manifests);
    }
}
