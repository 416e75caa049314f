package io.waymark.testzones.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Kubernetes objects as their YAML would read, each made in one call.
final class Objects {
    private Objects() {}

    static Map<String, Object> namespace(String name, Map<String, String> labels) {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name, "labels", labels));
    }

    /// A Service; `spec` as in the API.
    static Map<String, Object> service(String namespace, String name, Map<String, Object> spec) {
        var metadata = Map.of("name", name, "namespace", namespace);
        return Map.of("apiVersion", "v1", "kind", "Service", "metadata", metadata, "spec", spec);
    }

    /// The same object with one label more.
    static Map<String, Object> labelled(Map<String, Object> object, String key, String value) {
        var metadata = new LinkedHashMap<Object, Object>((Map<?, ?>) object.get("metadata"));
        var labels = new LinkedHashMap<Object, Object>((Map<?, ?>) metadata.getOrDefault("labels", Map.of()));
        labels.put(key, value);
        metadata.put("labels", labels);
        var labelled = new LinkedHashMap<>(object);
        labelled.put("metadata", metadata);
        return labelled;
    }

    /// Ports of a Service: `http=80/TCP`, or `80/UDP` for one without a name.
    static List<Map<String, Object>> servicePorts(String... texts) {
        var ports = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            ports.add(port(text));
        }
        return ports;
    }

    private static Map<String, Object> port(String text) {
        var port = new LinkedHashMap<String, Object>();
        int equals = text.indexOf('=');
        if (equals > 0) {
            port.put("name", text.substring(0, equals));
        }
        var rest = text.substring(equals + 1).split("/");
        port.put("port", Integer.parseInt(rest[0]));
        port.put("protocol", rest[1]);
        return port;
    }

    /// A slice of `service`, of the family that its first address has.
    /// @param ports as in [#servicePorts]; none for a slice with nil ports
    static Map<String, Object> slice(
            String namespace,
            String name,
            String service,
            List<Map<String, Object>> ports,
            List<Map<String, Object>> endpoints) {
        var labels = service.isEmpty() ? Map.of() : Map.of("kubernetes.io/service-name", service);
        var slice = new LinkedHashMap<String, Object>();
        slice.put("apiVersion", "discovery.k8s.io/v1");
        slice.put("kind", "EndpointSlice");
        slice.put("metadata", Map.of("name", name, "namespace", namespace, "labels", labels));
        slice.put("addressType", family(endpoints));
        if (!ports.isEmpty()) {
            slice.put("ports", ports);
        }
        slice.put("endpoints", endpoints);
        return slice;
    }

    private static String family(List<Map<String, Object>> endpoints) {
        var first = endpoints.isEmpty() ? "" : endpoints.getFirst().toString();
        return first.contains(":") && first.contains("[fd") ? "IPv6" : "IPv4";
    }

    /// An endpoint: its addresses, then words of `not-ready`, `ready`, `terminating`, `serving`,
    /// `hostname=…`, `pod=…`, `zone=…`.
    static Map<String, Object> endpoint(String text) {
        var endpoint = new LinkedHashMap<String, Object>();
        var conditions = new LinkedHashMap<String, Object>();
        var addresses = new ArrayList<String>();
        for (var word : text.split(" ")) {
            int equals = word.indexOf('=');
            switch (equals < 0 ? word : word.substring(0, equals)) {
                case "ready" -> conditions.put("ready", true);
                case "not-ready" -> conditions.put("ready", false);
                case "serving", "terminating" -> conditions.put(word, true);
                case "hostname", "zone" -> endpoint.put(word.substring(0, equals), word.substring(equals + 1));
                case "pod" -> endpoint.put("targetRef", Map.of("kind", "Pod", "name", word.substring(equals + 1)));
                default -> addresses.add(word);
            }
        }
        endpoint.put("addresses", addresses);
        if (!conditions.isEmpty()) {
            endpoint.put("conditions", conditions);
        }
        return endpoint;
    }

    static List<Map<String, Object>> endpoints(String... texts) {
        var all = new ArrayList<Map<String, Object>>();
        for (var text : texts) {
            all.add(endpoint(text));
        }
        return all;
    }

    /// A Pod; what it runs does not matter, for nothing runs it.
    static Map<String, Object> pod(String namespace, String name) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "spec",
                Map.of("containers", List.of(Map.of("name", "main", "image", "none"))));
    }
}
