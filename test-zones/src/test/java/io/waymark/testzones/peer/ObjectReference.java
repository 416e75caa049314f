package io.waymark.testzones.peer;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Where an object lies in the API.
/// @param collection the path of its kind, such as `/api/v1/namespaces/shop/services`
/// @param name       its `metadata.name`
record ObjectReference(String collection, String name) {
    private static final Set<String> WITHOUT_NAMESPACE = Set.of(
            "Namespace",
            "Node",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "PriorityClass",
            "PersistentVolume");

    /// Reads `apiVersion`, `kind` and `metadata`; an object without a namespace lies in `default`.
    static ObjectReference of(Map<String, Object> object) {
        var version = (String) object.get("apiVersion");
        var kind = (String) object.get("kind");
        if (version == null || kind == null || !(object.get("metadata") instanceof Map<?, ?> metadata)) {
            throw new IllegalArgumentException("an object has apiVersion, kind and metadata, unlike " + object);
        }
        var root = version.contains("/") ? "/apis/" + version : "/api/" + version;
        var namespace = metadata.get("namespace") == null ? "default" : metadata.get("namespace");
        var within = WITHOUT_NAMESPACE.contains(kind) ? "" : "/namespaces/" + namespace;
        return new ObjectReference(root + within + "/" + plural(kind), String.valueOf(metadata.get("name")));
    }

    private static String plural(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        if (lower.endsWith("s")) {
            return lower.endsWith("ss") ? lower + "es" : lower;
        }
        return lower.endsWith("y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }

    String path() {
        return collection + "/" + name;
    }
}
