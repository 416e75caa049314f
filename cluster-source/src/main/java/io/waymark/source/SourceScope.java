package io.waymark.source;

import io.waymark.records.cluster.LabelSelector;

/// What a source is asked to deliver. What it leaves out is never read, and costs nothing.
/// @param endpointSlices  off for the Corefile's `noendpoints`
/// @param pods            on only for `pods verified`
/// @param podNames        whether endpoints keep the name of their Pod (`endpoint_pod_names`)
/// @param labels          selects Services, EndpointSlices and Pods
/// @param namespaceLabels selects Namespaces
public record SourceScope(
        boolean endpointSlices, boolean pods, boolean podNames, LabelSelector labels, LabelSelector namespaceLabels) {
    public static final SourceScope DEFAULT = new SourceScope(true, false, false, LabelSelector.ALL, LabelSelector.ALL);
}
