package io.waymark.source.manifest;

import io.waymark.records.cluster.NamespacedName;

/// Which object: two manifests with equal keys describe the same one.
/// @param namespace empty for what lies in none
public record ObjectKey(Kind kind, String namespace, String name) {

    /// The kinds that names, endpoints and rules are made of.
    public enum Kind {
        SERVICE("Service"),
        ENDPOINT_SLICE("EndpointSlice"),
        NAMESPACE("Namespace"),
        POD("Pod"),
        NODE("Node"),
        SERVICE_CIDR("ServiceCIDR");

        private final String apiName;

        Kind(String apiName) {
            this.apiName = apiName;
        }

        /// Whether its objects lie in namespaces.
        boolean isNamespaced() {
            return switch (this) {
                case SERVICE, ENDPOINT_SLICE, POD -> true;
                case NAMESPACE, NODE, SERVICE_CIDR -> false;
            };
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
