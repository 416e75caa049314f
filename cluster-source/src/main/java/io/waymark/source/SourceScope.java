package io.waymark.source;

import io.waymark.records.cluster.LabelSelector;

/// What a source is asked to deliver. What it leaves out is never read, and costs nothing.
/// @param reach           whose Services
/// @param endpointSlices  off for the Corefile's `noendpoints`
/// @param pods            on only for `pods verified`
/// @param podLabels       whether Pods keep their labels (`metadata`)
/// @param podNames        whether endpoints keep the name of their Pod (`endpoint_pod_names`)
/// @param externals       whether Services keep where they are reached from outside (`k8s_external`)
/// @param labels          selects Services, EndpointSlices and Pods
/// @param namespaceLabels selects Namespaces
public record SourceScope(
        Reach reach,
        boolean endpointSlices,
        boolean pods,
        boolean podLabels,
        boolean podNames,
        boolean externals,
        LabelSelector labels,
        LabelSelector namespaceLabels) {
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
