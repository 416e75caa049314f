package io.waymark.source.kubernetes;

import io.waymark.records.cluster.LabelSelector;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.kubernetes.protobuf.SliceDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The kinds that are read, and how to ask for them.
enum ResourceKind {
    SERVICES("Services", "services", "/api/v1/services"),
    ENDPOINT_SLICES("EndpointSlices", "endpointslices", "/apis/discovery.k8s.io/v1/endpointslices"),
    NAMESPACES("Namespaces", "namespaces", "/api/v1/namespaces"),
    PODS("Pods", "pods", "/api/v1/pods"),
    /// Of a CustomResourceDefinition that a cluster need not have.
    SERVICE_IMPORTS("ServiceImports", "serviceimports", "/apis/multicluster.x-k8s.io/v1alpha1/serviceimports");

    /// Pods that have ended keep their addresses in `status`, and others may have them by now.
    private static final String PODS_THAT_RUN = "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

    private final String plural;
    private final String resource;
    private final String path;

    ResourceKind(String plural, String resource, String path) {
        this.plural = plural;
        this.resource = resource;
        this.path = path;
    }

    /// For people: `EndpointSlices`.
    String plural() {
        return plural;
    }

    /// As in RBAC rules and thread names: `endpointslices`.
    String resource() {
        return resource;
    }

    /// The kind that is read as Services.
    static ResourceKind ofServices(SourceScope scope) {
        return switch (scope.reach()) {
            case CLUSTER -> SERVICES;
            case CLUSTER_SET -> SERVICE_IMPORTS;
        };
    }

    boolean isIn(SourceScope scope) {
        return switch (this) {
            case SERVICES, SERVICE_IMPORTS -> this == ofServices(scope);
            case NAMESPACES -> true;
            case ENDPOINT_SLICES -> scope.endpointSlices();
            case PODS -> scope.pods();
        };
    }

    /// The request target of a list.
    /// @param notOlderThan the resourceVersion that it must show at least; `0` takes what the server
    ///                     has at hand, empty what etcd has now
    String listTarget(SourceScope scope, String notOlderThan) {
        var version = notOlderThan.isEmpty() ? "" : "resourceVersion=" + notOlderThan;
        return path + "?" + version + selectors(scope);
    }

    /// The request target of a watch of all that happens after `version`, for at most `seconds`.
    String watchTarget(SourceScope scope, long version, int seconds) {
        return path + "?watch=true&allowWatchBookmarks=true&resourceVersion=" + version + "&timeoutSeconds=" + seconds
                + selectors(scope);
    }

    private String selectors(SourceScope scope) {
        LabelSelector selected = this == NAMESPACES ? scope.namespaceLabels() : scope.labels();
        var labels = selected.text();
        if (this == ENDPOINT_SLICES && scope.reach() == Reach.CLUSTER_SET) {
            labels = labels.isEmpty() ? SliceDecoder.IMPORTED : labels + "," + SliceDecoder.IMPORTED;
        }
        var query = labels.isEmpty() ? "" : "&labelSelector=" + encoded(labels);
        return this == PODS ? query + "&fieldSelector=" + encoded(PODS_THAT_RUN) : query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
