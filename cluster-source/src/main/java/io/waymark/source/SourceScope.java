package io.waymark.source;

import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.LabelSelector.Requirement;
import java.util.List;

/// What a source is asked to deliver. What it leaves out is never read, and costs nothing.
/// @param reach           whose Services
/// @param endpointSlices  off for the Corefile's `noendpoints`
/// @param pods            on only for `pods verified`
/// @param podLabels       whether Pods keep their labels (`metadata`)
/// @param podNames        whether endpoints keep the name of their Pod (`endpoint_pod_names`)
/// @param externals       whether Services keep where they are reached from outside (`k8s_external`)
/// @param labels          selects Services, EndpointSlices and Pods
/// @param namespaceLabels selects Namespaces
/// @param traffic         for whose data path it is, if for any
public record SourceScope(
        Reach reach,
        boolean endpointSlices,
        boolean pods,
        boolean podLabels,
        boolean podNames,
        boolean externals,
        LabelSelector labels,
        LabelSelector namespaceLabels,
        Traffic traffic) {
    private static final LabelSelector NOT_FOR_OTHERS = new LabelSelector(
            "!service.kubernetes.io/headless,!service.kubernetes.io/service-proxy-name",
            List.of(
                    new Requirement.Absent("service.kubernetes.io/headless"),
                    new Requirement.Absent("service.kubernetes.io/service-proxy-name")));

    public static final SourceScope DEFAULT = new SourceScope(true, false, false, LabelSelector.ALL, LabelSelector.ALL);

    /// Of the cluster itself.
    public SourceScope(
            boolean endpointSlices,
            boolean pods,
            boolean podNames,
            LabelSelector labels,
            LabelSelector namespaceLabels) {
        this(Reach.CLUSTER, endpointSlices, pods, podNames, labels, namespaceLabels);
    }

    /// Without the addresses outside, and the labels of Pods.
    public SourceScope(
            Reach reach,
            boolean endpointSlices,
            boolean pods,
            boolean podNames,
            LabelSelector labels,
            LabelSelector namespaceLabels) {
        this(reach, endpointSlices, pods, false, podNames, false, labels, namespaceLabels);
    }

    /// For names only.
    public SourceScope(
            Reach reach,
            boolean endpointSlices,
            boolean pods,
            boolean podLabels,
            boolean podNames,
            boolean externals,
            LabelSelector labels,
            LabelSelector namespaceLabels) {
        this(reach, endpointSlices, pods, podLabels, podNames, externals, labels, namespaceLabels, new Traffic.None());
    }

    /// What the data path of one node needs: as much as kube-proxy's role may read (`system:node-proxier`),
    /// and of that the Services that are for it.
    public static SourceScope dataPath(String nodeName) {
        return new SourceScope(
                Reach.CLUSTER,
                true,
                false,
                false,
                false,
                false,
                NOT_FOR_OTHERS,
                LabelSelector.ALL,
                new Traffic.OfNode(nodeName));
    }

    /// Whose data path the objects are for.
    public sealed interface Traffic {
        /// Nobody's: what only the data path needs is not read.
        record None() implements Traffic {}

        /// That of one node. Services and endpoints keep how packets to them are treated
        /// (`ServiceTraffic`, node ports, hints; of an endpoint only the first address, as the API has
        /// it); the own Node and ServiceCIDRs are read, Namespaces are not.
        record OfNode(String nodeName) implements Traffic {}

        default boolean isWanted() {
            return switch (this) {
                case None it -> false;
                case OfNode it -> true;
            };
        }
    }

    /// Whose Services are delivered.
    public enum Reach {
        /// Services, and the EndpointSlices with the label `kubernetes.io/service-name`.
        CLUSTER,
        /// What the clusters of a set export to each other (Multi-Cluster Services, KEP-1645):
        /// ServiceImports as Services, and the EndpointSlices with the label
        /// `multicluster.kubernetes.io/service-name`.
        CLUSTER_SET
    }
}
