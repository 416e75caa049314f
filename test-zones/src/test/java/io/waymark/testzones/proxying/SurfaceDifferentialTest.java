package io.waymark.testzones.proxying;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.waymark.testzones.observed.Scrape;
import io.waymark.testzones.peer.Api;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.NetworkNamespace;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What kube-proxy and Waymark say of themselves, on the same node of the same cluster with the same
/// configuration file, one after the other: pages, headers, metrics, and Events as `system:node-proxier`.
class SurfaceDifferentialTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String API = "198.18.77.1";
    private static final String NODE = "198.18.77.2";
    private static final List<String> PAGES = List.of(
            "127.0.0.1:10256/healthz",
            "127.0.0.1:10256/livez",
            "127.0.0.1:10256/nothing",
            "127.0.0.1:10249/healthz",
            "127.0.0.1:10249/healthz/ping",
            "127.0.0.1:10249/livez",
            "127.0.0.1:10249/proxyMode",
            "127.0.0.1:10249/configz",
            NODE + ":31080/");

    @TempDir
    private static Path folder;

    private static ControlPlane plane;
    private static NetworkNamespace node;
    private static Path config;
    private static final Map<String, String> THEIRS = new LinkedHashMap<>();
    private static final Map<String, String> OURS = new LinkedHashMap<>();
    private static Set<String> theirEvents = Set.of();
    private static Set<String> ourEvents = Set.of();

    @BeforeAll
    static void lookAtBoth() throws IOException {
        Peers.require("kube-proxy");
        Peers.require("nft");
        node = NetworkNamespace.with();
        var link = "wm-" + ProcessHandle.current().pid();
        said("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", node.name());
        said("ip", "address", "add", API + "/30", "dev", link);
        said("ip", "link", "set", link, "up");
        node.shell("ip address add " + NODE + "/30 dev eth0; ip link set eth0 up");
        plane = ControlPlane.start(API);
        objects(plane.api());
        config = Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: nftables
                hostnameOverride: node-1
                clusterCIDR: 10.244.0.0/16,fd00:244::/56
                clientConnection: {kubeconfig: %s, qps: 50}
                conntrack: {maxPerCore: 0}
                """.formatted(plane.kubeProxyKubeconfig()));
        theirEvents = lookAt("kube-proxy", List.of(Peers.require("kube-proxy").toString()), THEIRS);
        ourEvents = lookAt("waymark", List.of(Peers.root().resolve("waymark").toString(), "proxy"), OURS);
    }

    @AfterAll
    static void end() {
        if (plane != null) {
            plane.close();
        }
        if (node != null) {
            node.close();
        }
    }

    private static void objects(Api api) {
        api.apply("""
                apiVersion: v1
                kind: Node
                metadata: {name: node-1}
                status: {addresses: [{type: InternalIP, address: %s}]}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec:
                  type: LoadBalancer
                  externalTrafficPolicy: Local
                  healthCheckNodePort: 31080
                  ports:
                  - {name: http, port: 80, targetPort: 8080}
                  - {name: dns, port: 53, protocol: UDP, targetPort: 8080}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: far, namespace: shop}
                spec: {internalTrafficPolicy: Local, ports: [{port: 80}]}
                """.formatted(NODE));
        slice(api, "web-1", "web", "10.244.0.1", "node-1");
        slice(api, "far-1", "far", "10.244.1.1", "node-2");
    }

    private static void slice(Api api, String name, String service, String address, String nodeName) {
        api.apply(
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %s
                  namespace: shop
                  labels: {kubernetes.io/service-name: %s}
                  annotations: {endpoints.kubernetes.io/last-change-trigger-time: "%s"}
                addressType: IPv4
                ports:
                - {name: %s, port: 8080, protocol: TCP}
                - {name: dns, port: 8080, protocol: UDP}
                endpoints:
                - {addresses: [%s], conditions: {ready: true}, nodeName: %s}
                """.formatted(name, service, Instant.now(), service.equals("web") ? "http" : "''", address, nodeName));
    }

    /// @return the reasons of the Events that were new
    private static Set<String> lookAt(String name, List<String> program, Map<String, String> seen) {
        var api = plane.api();
        var before = events(api);
        var command = new ArrayList<>(program);
        command.add("--config=" + config);
        var log = folder.resolve(name + ".log");
        try (var proxy = Program.start(name, log, Map.of(), node.command(command))) {
            Await.until(
                    name + " is healthy", LIMIT, () -> fetch(NODE + ":31080/").contains(" 200 OK"), proxy::logEnd);
            // A change that is measured, and one more sync.
            slice(api, "web-1", "web", "10.244.0.%d".formatted(seen == THEIRS ? 2 : 3), "node-1");
            Await.until(
                    name + " has measured a change",
                    LIMIT,
                    () -> fetch("127.0.0.1:10249/metrics").contains("\nkubeproxy_network_programming"),
                    proxy::logEnd);
            PAGES.forEach(page -> seen.put(page, fetch(page)));
            var metrics = fetch("127.0.0.1:10249/metrics");
            seen.put("metrics", metrics.substring(metrics.indexOf("\r\n\r\n") + 4));
            Await.until(name + " has told its start", LIMIT, () -> events(api).size() > before.size(), proxy::logEnd);
            var after = new TreeSet<>(events(api));
            after.removeAll(before);
            return after.stream()
                    .map(event -> event.substring(event.indexOf(' ') + 1))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> events(Api api) {
        var list = api.get("/apis/events.k8s.io/v1/events").getAsJsonArray("items");
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> text(item.getAsJsonObject()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(JsonObject event) {
        var regarding = event.getAsJsonObject("regarding");
        return event.getAsJsonObject("metadata").get("name").getAsString() + " "
                + event.get("type").getAsString() + " " + event.get("reason").getAsString() + " "
                + event.get("action").getAsString() + " of "
                + regarding.get("kind").getAsString() + " "
                + regarding.get("name").getAsString() + " by "
                + event.get("reportingController").getAsString() + " "
                + event.get("reportingInstance").getAsString();
    }

    private static String fetch(String page) {
        return Program.output(
                Duration.ofSeconds(20), node.command(List.of("curl", "-si", "-m", "5", "http://" + page)));
    }

    private static void said(String... command) {
        assertThat(Program.output(Duration.ofSeconds(10), List.of(command))).isEmpty();
    }

    /// Head and body, what differs from moment to moment left out; fields of the head sorted, for their order
    /// says nothing (RFC 9110 §5.3).
    private static String timeless(String reply) {
        int body = reply.indexOf("\r\n\r\n");
        var head = reply.substring(0, body).lines().toList();
        var sorted = Stream.concat(head.stream().limit(1), head.stream().skip(1).sorted())
                .collect(Collectors.joining("\n"));
        return (sorted + reply.substring(body))
                .replaceAll("(?m)^Date: .*$", "Date: *")
                .replaceAll("(?m)^Content-Length: .*$", "Content-Length: *")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:10256/livez",
                "127.0.0.1:10256/healthz",
                "127.0.0.1:10256/nothing",
                "127.0.0.1:10249/healthz",
                "127.0.0.1:10249/healthz/ping",
                "127.0.0.1:10249/livez",
                "127.0.0.1:10249/proxyMode",
                "127.0.0.1:10249/configz",
                NODE + ":31080/"
            })
    void aPageIsTheSameToTheOctet(String page) {
        assertThat(THEIRS.get(page)).startsWith("HTTP/1.1 ");
        assertThat(timeless(OURS.get(page))).isEqualTo(timeless(THEIRS.get(page)));
    }

    @Test
    void theMetricsOfKubeProxyAreThereWithTheirTypesLabelsAndBuckets() {
        var theirs = Scrape.read(THEIRS.get("metrics"));
        var ours = Scrape.read(OURS.get("metrics"));
        theirs.types().forEach((name, type) -> {
            if (name.startsWith("kubeproxy_") || isShared(name)) {
                assertThat(ours.types()).as(name).containsEntry(name, type);
            }
        });
        theirs.labels().forEach((name, labels) -> {
            if (name.startsWith("kubeproxy_")) {
                assertThat(ours.labels()).as(name).containsEntry(name, labels);
            }
        });
        theirs.bounds().forEach((name, bounds) -> {
            if (name.startsWith("kubeproxy_") || name.startsWith("rest_client_rate_limiter")) {
                assertThat(ours.bounds()).as(name).containsEntry(name, bounds);
            }
        });
    }

    private static boolean isShared(String name) {
        return Set.of(
                        "rest_client_requests_total",
                        "rest_client_request_duration_seconds",
                        "rest_client_rate_limiter_duration_seconds",
                        "process_cpu_seconds_total",
                        "process_resident_memory_bytes",
                        "process_open_fds",
                        "process_start_time_seconds")
                .contains(name);
    }

    @Test
    void whatIsCountedOfOneClusterIsTheSame() {
        for (var sample : List.of(
                "kubeproxy_sync_proxy_rules_no_local_endpoints_total{ip_family=\"IPv4\",traffic_policy=\"internal\"} ",
                "kubeproxy_sync_proxy_rules_no_local_endpoints_total{ip_family=\"IPv4\",traffic_policy=\"external\"} ",
                "kubeproxy_sync_proxy_rules_service_changes_pending ",
                "kubeproxy_sync_proxy_rules_endpoint_changes_pending ")) {
            assertThat(value(OURS, sample)).as(sample).isEqualTo(value(THEIRS, sample));
        }
    }

    private static String value(Map<String, String> seen, String sample) {
        return seen.get("metrics")
                .lines()
                .filter(line -> line.startsWith(sample))
                .findFirst()
                .orElse("not there");
    }

    @Test
    void theEventOfTheStartIsThere() {
        assertThat(theirEvents).hasSize(1);
        assertThat(ourEvents).containsAll(theirEvents);
    }
}
