package io.waymark.proxy.events;

import io.waymark.records.cluster.NamespacedName;

/// Something about an object that people should find beside it (`kubectl describe`).
/// @param reason why, in one word that alerts are made of
/// @param action what was being done
/// @param note   one line for people
public record ProxyEvent(Subject subject, Kind kind, String reason, String action, String note) {

    /// As `type` of an Event.
    public enum Kind {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// The object that it is about.
    /// @param apiVersion `v1`, `discovery.k8s.io/v1`
    /// @param namespace  empty for a Node
    public record Subject(String apiVersion, String kind, String namespace, String name) {

        public static Subject node(String name) {
            return new Subject("v1", "Node", "", name);
        }

        public static Subject service(NamespacedName name) {
            return new Subject("v1", "Service", name.namespace(), name.name());
        }

        /// An object that the data path reads, by its kind as in the API.
        public static Subject of(String kind, NamespacedName name) {
            return switch (kind) {
                case "EndpointSlice" -> new Subject("discovery.k8s.io/v1", kind, name.namespace(), name.name());
                case "ServiceCIDR" -> new Subject("networking.k8s.io/v1", kind, name.namespace(), name.name());
                default -> new Subject("v1", kind, name.namespace(), name.name());
            };
        }
    }

    public static ProxyEvent warning(Subject subject, String reason, String action, String note) {
        return new ProxyEvent(subject, Kind.WARNING, reason, action, note);
    }
}
