package io.waymark.testzones.differential;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.waymark.testzones.peer.Api;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/// What the API server holds once the cluster is made, as far as questions are made from it and
/// differences are decided by it.
record Cluster(List<String> namespaces, List<Service> services, List<Endpoint> endpoints, List<String> podAddresses) {

    /// @param externalName empty for all but ExternalName Services
    /// @param hidden       whether it bears the label that [Block]'s option `labels` leaves out
    record Service(
            String namespace,
            String name,
            List<String> clusterIps,
            List<Port> ports,
            String externalName,
            boolean hidden) {
        boolean isHeadless() {
            return clusterIps.contains("None");
        }
    }

    /// A port of a Service or of a slice; the name is empty if it has none. A slice's may lack the
    /// number.
    record Port(String name, String protocol, boolean hasNumber) {}

    /// One address of one endpoint of one slice.
    /// @param service  empty if the slice names none
    /// @param hostname empty if it has none
    record Endpoint(
            String namespace, String service, List<Port> ports, String address, boolean ready, String hostname) {}

    /// Reads it.
    static Cluster read(Api api) {
        var endpoints = new ArrayList<Endpoint>();
        items(api, "/apis/discovery.k8s.io/v1/endpointslices").forEach(slice -> readSlice(slice, endpoints));
        return new Cluster(
                items(api, "/api/v1/namespaces").stream()
                        .map(n -> metadata(n, "name"))
                        .toList(),
                items(api, "/api/v1/services").stream()
                        .map(Cluster::readService)
                        .toList(),
                endpoints,
                items(api, "/api/v1/pods").stream()
                        .flatMap(pod -> list(pod.getAsJsonObject("status"), "podIPs").stream())
                        .map(ip -> text(ip.getAsJsonObject(), "ip"))
                        .toList());
    }

    /// The Service of this name, if there is one.
    Optional<Service> service(String namespace, String name) {
        return services.stream()
                .filter(s -> s.namespace.equals(namespace) && s.name.equals(name))
                .findFirst();
    }

    /// The Service that a PTR record leads to, as a line of [io.waymark.testzones.ask.Told].
    Optional<Service> serviceOfPointer(String line) {
        var labels = List.of(line.substring(line.lastIndexOf(' ') + 1).split("\\."));
        int svc = labels.lastIndexOf("svc");
        return svc < 2 ? Optional.empty() : service(labels.get(svc - 1), labels.get(svc - 2));
    }

    /// All addresses of Services and of the endpoints in slices that name a Service.
    Set<String> addresses() {
        var addresses = new LinkedHashSet<String>();
        services.forEach(service -> addresses.addAll(service.clusterIps()));
        endpoints.stream().filter(endpoint -> !endpoint.service().isEmpty()).forEach(e -> addresses.add(e.address()));
        addresses.remove("None");
        return addresses;
    }

    /// Whether the name is that of an address for which CoreDNS has no reply at all: its slice names no Service.
    boolean isSilent(String reverseName) {
        return endpoints.stream()
                .anyMatch(endpoint -> endpoint.service().isEmpty()
                        && Questions.reverseName(endpoint.address()).equalsIgnoreCase(reverseName));
    }

    private static Service readService(JsonObject service) {
        var spec = service.getAsJsonObject("spec");
        return new Service(
                metadata(service, "namespace"),
                metadata(service, "name"),
                list(spec, "clusterIPs").stream().map(JsonElement::getAsString).toList(),
                ports(spec),
                text(spec, "externalName"),
                service.getAsJsonObject("metadata").toString().contains("\"tier\":\"hidden\""));
    }

    private static void readSlice(JsonObject slice, List<Endpoint> into) {
        var labels = slice.getAsJsonObject("metadata").getAsJsonObject("labels");
        var service = labels == null ? "" : text(labels, "kubernetes.io/service-name");
        for (var element : list(slice, "endpoints")) {
            var endpoint = element.getAsJsonObject();
            var conditions = endpoint.getAsJsonObject("conditions");
            boolean ready = conditions == null
                    || !conditions.has("ready")
                    || conditions.get("ready").getAsBoolean();
            for (var address : list(endpoint, "addresses")) {
                into.add(new Endpoint(
                        metadata(slice, "namespace"),
                        service,
                        ports(slice),
                        address.getAsString(),
                        ready,
                        text(endpoint, "hostname")));
            }
        }
    }

    private static List<Port> ports(JsonObject of) {
        return list(of, "ports").stream()
                .map(JsonElement::getAsJsonObject)
                .map(port -> new Port(
                        text(port, "name"),
                        text(port, "protocol"),
                        !text(port, "port").isEmpty()))
                .toList();
    }

    private static List<JsonObject> items(Api api, String path) {
        return StreamSupport.stream(api.get(path).getAsJsonArray("items").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<JsonElement> list(JsonObject of, String field) {
        return of != null && of.get(field) instanceof JsonArray array ? array.asList() : List.of();
    }

    private static String metadata(JsonObject object, String field) {
        return text(object.getAsJsonObject("metadata"), field);
    }

    private static String text(JsonObject object, String field) {
        return object.has(field) && object.get(field).isJsonPrimitive()
                ? object.get(field).getAsString()
                : "";
    }

    /// How often each kind occurs, for a message.
    Map<String, Integer> counts() {
        return Map.of("services", services.size(), "endpoints", endpoints.size(), "pods", podAddresses.size());
    }
}
