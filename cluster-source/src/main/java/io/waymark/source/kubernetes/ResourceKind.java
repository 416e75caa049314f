package io.waymark.source.kubernetes;

import io.waymark.records.cluster.LabelSelector;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.SourceScope.Traffic;
import io.waymark.source.kubernetes.protobuf.SliceDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The kinds that are read, and how to ask for them.
enum ResourceKind {
    SERVICES("Services", "services", "/api/v1/services"),
    ENDPOINT_SLICES("EndpointSlices", "endpointslices", "/apis/discovery.k8s.io/v1/endpointslices"),
    NAMESPACES("Namespaces", "namespaces", "/api/v1/namespaces"),
    PODS("Pods", "pods", "/api/v1/pods"),
    NODES("Nodes", "nodes", "/api/v1/nodes"),
    /// Of Kubernetes 1.33 and later; a role made for an earlier one does not allow it.
    SERVICE_CIDRS("ServiceCIDRs", "servicecidrs", "/apis/networking.k8s.io/v1/servicecidrs"),
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
            case NAMESPACES -> !scope.traffic().isWanted();
            case NODES, SERVICE_CIDRS -> scope.traffic().isWanted();
            case ENDPOINT_SLICES -> scope.endpointSlices();
            case PODS -> scope.pods();
        };
    }

    /// Whether a server that answers so does without the kind: then there is none of it, and nobody
    /// waits for the first.
    boolean isMissing(int status) {
        return switch (this) {
            case SERVICE_IMPORTS -> status == 404;
            case SERVICE_CIDRS -> status == 404 || status == 403;
            case SERVICES, ENDPOINT_SLICES, NAMESPACES, PODS, NODES -> false;
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
        var labels = labels(scope).text();
        if (this == ENDPOINT_SLICES && scope.reach() == Reach.CLUSTER_SET) {
            labels = labels.isEmpty() ? SliceDecoder.IMPORTED : labels + "," + SliceDecoder.IMPORTED;
        }
        var query = labels.isEmpty() ? "" : "&labelSelector=" + encoded(labels);
        var fields = fields(scope);
        return fields.isEmpty() ? query : query + "&fieldSelector=" + encoded(fields);
    }

    private LabelSelector labels(SourceScope scope) {
        return switch (this) {
            case NAMESPACES -> scope.namespaceLabels();
            case SERVICES, ENDPOINT_SLICES, PODS, SERVICE_IMPORTS -> scope.labels();
            case NODES, SERVICE_CIDRS -> LabelSelector.ALL;
        };
    }

    private String fields(SourceScope scope) {
        return switch (this) {
            case PODS -> PODS_THAT_RUN;
            case NODES -> scope.traffic() instanceof Traffic.OfNode(var name) ? "metadata.name=" + name : "";
            case SERVICES, ENDPOINT_SLICES, NAMESPACES, SERVICE_IMPORTS, SERVICE_CIDRS -> "";
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
