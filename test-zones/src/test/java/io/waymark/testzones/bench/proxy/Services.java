package io.waymark.testzones.bench.proxy;

import com.google.gson.Gson;
import io.waymark.testzones.peer.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The objects of the bench: a Node; Services `svc-0` … in namespaces `bench-0` to `bench-19`, each with
/// one port and one slice of two endpoints; and `bench-0/large` with 1,000 endpoints elsewhere, which are
/// all there are for clients on this node until it gets one of its own.
final class Services {
    static final String POD_RANGE = "10.128.0.0/9";
    static final String SERVICE_RANGE = "10.96.0.0/12";
    private static final int NAMESPACES = 20;
    private static final int SLICES_OF_LARGE = 10;
    private static final int ENDPOINTS_A_SLICE = 100;
    /// A cluster IP of the part of the range that the API server gives to nobody by itself.
    static final String LARGE_IP = "10.96.0.10";

    private static final Gson GSON = new Gson();

    private final Api api;
    private int made;

    Services(Api api) {
        this.api = api;
    }

    /// Creates what there is one of.
    void begin() {
        api.apply(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Node",
                "metadata",
                Map.of("name", BenchNode.NAME),
                "status",
                Map.of("addresses", List.of(Map.of("type", "InternalIP", "address", BenchNode.ADDRESS)))));
        api.createAll(IntStream.range(0, NAMESPACES).mapToObj(Services::namespace)::iterator);
        api.createAll(List.of(object(
                "v1",
                "Service",
                "large",
                0,
                "spec",
                Map.of(
                        "type",
                        "NodePort",
                        "clusterIP",
                        LARGE_IP,
                        "internalTrafficPolicy",
                        "Local",
                        "ports",
                        List.of(port())))));
        api.createAll(
                IntStream.range(0, SLICES_OF_LARGE).mapToObj(i -> slice("large-" + i, "large", 0, remote(i)))
                        ::iterator);
    }

    /// Creates more of the Services, until there are so many.
    void grow(int count) {
        created(count, Services::service);
        created(count, i -> slice("svc-" + i + "-x1", "svc-" + i, i, List.of(endpoint(2 * i), endpoint(2 * i + 1))));
        made = Math.max(made, count);
    }

    private void created(int count, IntFunction<Map<String, Object>> object) {
        api.createAll(IntStream.range(made, count).mapToObj(object)::iterator);
    }

    int made() {
        return made;
    }

    /// The cluster IP that the API server gave to a Service.
    String clusterIp(int i) {
        return Objects.requireNonNull(api.get("/api/v1/namespaces/bench-" + i % NAMESPACES + "/services/svc-" + i)
                        .getAsJsonObject("spec"))
                .get("clusterIP")
                .getAsString();
    }

    /// A file of all cluster IPs, for `connect.c`.
    Path lines(Path folder) {
        var lines = new ArrayList<String>();
        for (int namespace = 0; namespace < NAMESPACES; namespace++) {
            var list = api.get("/api/v1/namespaces/bench-" + namespace + "/services");
            for (var item : list.getAsJsonArray("items")) {
                var metadata = item.getAsJsonObject().getAsJsonObject("metadata");
                if (metadata.get("name").getAsString().startsWith("svc-")) {
                    var spec = item.getAsJsonObject().getAsJsonObject("spec");
                    lines.add(spec.get("clusterIP").getAsString() + " 80");
                }
            }
        }
        try {
            return Files.write(folder.resolve("addresses-" + made), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("no file of addresses", e);
        }
    }

    /// One more Service, with one endpoint; returns when the API server has said that it exists.
    void add(String name, String clusterIp) {
        api.createAll(List.of(slice(name, name, 0, List.of(endpoint(0)))));
        api.createAll(List.of(
                object("v1", "Service", name, 0, "spec", Map.of("clusterIP", clusterIp, "ports", List.of(port())))));
    }

    void remove(String name) {
        api.delete("/api/v1/namespaces/bench-0/services/" + name);
        api.delete("/apis/discovery.k8s.io/v1/namespaces/bench-0/endpointslices/" + name);
    }

    /// Gives the large Service an endpoint on this node, in a slice that is full of others.
    void addToLarge() {
        var endpoints = new ArrayList<>(remote(0));
        endpoints.add(endpoint(address(240, 1), BenchNode.NAME));
        large(endpoints);
    }

    /// Takes it away again.
    void takeFromLarge() {
        large(remote(0));
    }

    private void large(List<Map<String, Object>> endpoints) {
        api.patch(
                "/apis/discovery.k8s.io/v1/namespaces/bench-0/endpointslices/large-0",
                GSON.toJson(Map.of("endpoints", endpoints)));
    }

    private static Map<String, Object> namespace(int i) {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "bench-" + i));
    }

    private static Map<String, Object> service(int i) {
        return object("v1", "Service", "svc-" + i, i, "spec", Map.of("ports", List.of(port())));
    }

    private static Map<String, Object> port() {
        return Map.of("name", "http", "port", 80, "targetPort", BenchNode.ENDPOINT_PORT, "protocol", "TCP");
    }

    private static Map<String, Object> slice(String name, String service, int i, List<Map<String, Object>> endpoints) {
        return Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        "bench-" + i % NAMESPACES,
                        "labels",
                        Map.of("kubernetes.io/service-name", service)),
                "addressType",
                "IPv4",
                "ports",
                List.of(Map.of("name", "http", "port", BenchNode.ENDPOINT_PORT, "protocol", "TCP")),
                "endpoints",
                endpoints);
    }

    private static Map<String, Object> object(
            String version, String kind, String name, int i, String field, Map<String, Object> value) {
        return Map.of(
                "apiVersion",
                version,
                "kind",
                kind,
                "metadata",
                Map.of("name", name, "namespace", "bench-" + i % NAMESPACES),
                field,
                value);
    }

    private static List<Map<String, Object>> remote(int slice) {
        return IntStream.range(0, ENDPOINTS_A_SLICE)
                .mapToObj(j -> endpoint(address(241 + slice, j), "node-" + j))
                .toList();
    }

    private static Map<String, Object> endpoint(int number) {
        return endpoint(address(number >> 16, number & 0xffff), "node-" + number % 100);
    }

    /// @param block 0 to 127, or as an octet from 128
    private static String address(int block, int number) {
        return "10." + (block | 128) + "." + (number >> 8) + "." + (number & 255);
    }

    private static Map<String, Object> endpoint(String address, String node) {
        return Map.of(
                "addresses",
                List.of(address),
                "conditions",
                Map.of("ready", true, "serving", true, "terminating", false),
                "nodeName",
                node);
    }
}
