package io.waymark.source.manifest;

import io.waymark.records.cluster.NamespacedName;

/// Which object: two manifests with equal keys describe the same one.
/// @param namespace empty for a Namespace
public record ObjectKey(Kind kind, String namespace, String name) {

    /// The kinds that names and endpoints are made of.
    public enum Kind {
        SERVICE("Service"),
        ENDPOINT_SLICE("EndpointSlice"),
        NAMESPACE("Namespace"),
        POD("Pod");

        private final String apiName;

        Kind(String apiName) {
            this.apiName = apiName;
        }

        @Override
        public String toString() {
            return apiName;
        }
    }

    public NamespacedName namespacedName() {
        return new NamespacedName(namespace, name);
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
