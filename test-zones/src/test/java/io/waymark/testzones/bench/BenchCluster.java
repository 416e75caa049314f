package io.waymark.testzones.bench;

import io.waymark.testzones.peer.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// The objects of the benches: Services `svc-0` … in namespaces `bench-0` to `bench-19`, each with
/// a port `http` and one slice of ten endpoints; every tenth Service is headless.
/// @param services how many
record BenchCluster(int services) {
    private static final int NAMESPACES = 20;
    private static final int ENDPOINTS_EACH = 10;
    private static final int HEADLESS_EVERY = 10;

    /// Creates them all in the API server.
    void create(Api api) {
        api.createAll(IntStream.range(0, NAMESPACES).mapToObj(BenchCluster::namespace)::iterator);
        api.createAll(IntStream.range(0, services).mapToObj(BenchCluster::service)::iterator);
        api.createAll(IntStream.range(0, services).mapToObj(BenchCluster::slice)::iterator);
    }

    String text() {
        return String.format(
                "%,d Services (%,d headless) with %,d endpoints",
                services, services / HEADLESS_EVERY, services * ENDPOINTS_EACH);
    }

    /// A file of questions: the A record of each Service, in an order of chance.
    Path addressQuestions(Path folder) {
        return write(
                folder.resolve("a.questions"),
                IntStream.range(0, services).mapToObj(i -> name(i) + " A").toList());
    }

    /// A file of questions as a resolver with `ndots:5` asks them for `svc-i.bench-j`, from a Pod in
    /// another namespace: first a name below its own namespace, which does not exist, then the
    /// one that does, for A and for AAAA; and for a foreign name three that do not exist.
    Path searchPathQuestions(Path folder) {
        var questions = new ArrayList<String>();
        for (int i = 0; i < services; i++) {
            for (var type : List.of(" A", " AAAA")) {
                questions.add("svc-" + i + ".bench-" + i % NAMESPACES + ".shop.svc.cluster.local" + type);
                questions.add(name(i) + type);
                for (var search : List.of("shop.svc.cluster.local", "svc.cluster.local", "cluster.local")) {
                    questions.add("www" + i + ".example." + search + type);
                }
            }
        }
        return write(folder.resolve("mix.questions"), questions);
    }

    /// A file of questions: names outside of the cluster, few enough for a cache.
    Path foreignQuestions(Path folder) {
        return write(
                folder.resolve("foreign.questions"),
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "www" + i + ".example A")
                        .toList());
    }

    /// A file of questions: names outside of the cluster, each asked once.
    Path freshQuestions(Path folder) {
        return write(folder.resolve("fresh.questions"), List.of("########.example A"));
    }

    private static Path write(Path file, List<String> questions) {
        var shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(1));
        try {
            return Files.write(file, shuffled);
        } catch (IOException e) {
            throw new UncheckedIOException("no file of questions", e);
        }
    }

    private static String name(int i) {
        return "svc-" + i + ".bench-" + i % NAMESPACES + ".svc.cluster.local";
    }

    private static Map<String, Object> namespace(int i) {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "bench-" + i));
    }

    private static Map<String, Object> service(int i) {
        var port = Map.of("name", "http", "port", 80, "targetPort", 8080, "protocol", "TCP");
        boolean headless = i % HEADLESS_EVERY == HEADLESS_EVERY - 1;
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "svc-" + i, "namespace", "bench-" + i % NAMESPACES),
                "spec",
                headless ? Map.of("ports", List.of(port), "clusterIP", "None") : Map.of("ports", List.of(port)));
    }

    private static Map<String, Object> slice(int i) {
        var namespace = "bench-" + i % NAMESPACES;
        var endpoints = IntStream.range(0, ENDPOINTS_EACH)
                .mapToObj(j -> endpoint(namespace, i, j))
                .toList();
        return Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name",
                        "svc-" + i + "-x1",
                        "namespace",
                        namespace,
                        "labels",
                        Map.of("kubernetes.io/service-name", "svc-" + i)),
                "addressType",
                "IPv4",
                "ports",
                List.of(Map.of("name", "http", "port", 8080, "protocol", "TCP")),
                "endpoints",
                endpoints);
    }

    private static Map<String, Object> endpoint(String namespace, int i, int j) {
        int number = i * ENDPOINTS_EACH + j;
        var address = "10." + (128 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
        return Map.of(
                "addresses",
                List.of(address),
                "conditions",
                Map.of("ready", true, "serving", true, "terminating", false),
                "nodeName",
                "node-" + (i + j) % 100,
                "targetRef",
                Map.of("kind", "Pod", "namespace", namespace, "name", "svc-" + i + "-" + j));
    }
}
