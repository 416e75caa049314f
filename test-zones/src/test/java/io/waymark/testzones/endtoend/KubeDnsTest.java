package io.waymark.testzones.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.ask.StubUpstream;
import io.waymark.testzones.peer.Api;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// `./waymark kube-dns` with the arguments of `k8s-manifests/kube-dns/deployment.yaml`, ports and the
/// way to the API server apart: what a kubelet asks, and what the ConfigMap does while it runs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeDnsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private ControlPlane plane;
    private StubUpstream outside;

    @BeforeAll
    void start() throws IOException {
        Peers.require("dig");
        plane = ControlPlane.start();
        plane.api().applyFolder(Peers.root().resolve("k8s-manifests/kube-dns"));
        outside = new StubUpstream();
    }

    @AfterAll
    void stop() {
        if (outside != null) {
            outside.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    private record Ports(int dns, int dnsmasq, int healthz, int sidecar, int metrics) {
        static Ports free() {
            var free = Program.freePorts(5);
            return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
        }
    }

    /// The manifest's own arguments, what cannot be in a test replaced, `more` behind.
    private Program run(String name, Ports ports, List<String> more) throws IOException {
        var manifest = Files.readString(Peers.root().resolve("k8s-manifests/kube-dns/deployment.yaml"));
        var command = new ArrayList<>(List.of(Peers.root().resolve("waymark").toString(), "kube-dns"));
        for (var argument : arguments(Api.read(manifest).getFirst())) {
            var flag = argument.substring(0, argument.indexOf('='));
            switch (flag) {
                case "--dns-port" -> command.add(flag + "=" + ports.dns);
                case "--dnsmasq-port" -> command.add(flag + "=" + ports.dnsmasq);
                case "--healthz-port" -> command.add(flag + "=" + ports.healthz);
                case "--sidecar-port" -> command.add(flag + "=" + ports.sidecar);
                case "--config-dir" -> {}
                default -> command.add(argument);
            }
        }
        command.addAll(List.of(
                "--dns-bind-address=127.0.0.1",
                "--kubecfg-file=" + plane.kubeconfig(),
                "--nameservers=127.0.0.1:" + Program.freePort()));
        command.addAll(more);
        var environment = Map.of("PROMETHEUS_PORT", Integer.toString(ports.metrics));
        return Program.start(name, plane.folder().resolve(name + ".log"), environment, command);
    }

    private static List<String> arguments(Map<String, Object> deployment) {
        var template = (Map<?, ?>) ((Map<?, ?>) deployment.get("spec")).get("template");
        var containers = (List<?>) ((Map<?, ?>) template.get("spec")).get("containers");
        return ((List<?>) ((Map<?, ?>) containers.getFirst()).get("args"))
                .stream().map(String::valueOf).toList();
    }

    private static void awaitSaid(Program program, int port, String name, String says) {
        Await.until(
                name + " says " + says,
                SOON,
                () -> Dig.at(port).ask(name, "A").said().equals(says),
                () -> "it says " + Dig.at(port).ask(name, "A").said() + "\n" + program.logEnd());
    }

    private static int status(int port, String path) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theMountedConfigMapCountsWhileItChangesAndABrokenValueKeepsTheLastGoodOne() throws IOException {
        var ports = Ports.free();
        var folder = Files.createDirectory(plane.folder().resolve("kube-dns-config"));
        try (var program = run("kube-dns-mounted", ports, List.of("--config-dir=" + folder, "--config-period=200ms"))) {
            Await.until(
                    "/readiness answers 200", SOON, () -> status(ports.healthz, "/readiness") == 200, program::logEnd);
            for (int port : List.of(ports.dns, ports.dnsmasq)) {
                assertThat(Dig.at(port)
                                .ask("kubernetes.default.svc.cluster.local", "A")
                                .said())
                        .isEqualTo("10.96.0.1");
                assertThat(Dig.at(port, "+tcp").ask("-x", "10.96.0.1").said())
                        .isEqualTo("kubernetes.default.svc.cluster.local.");
            }
            assertThat(status(ports.sidecar, "/healthcheck/kubedns")).isEqualTo(200);
            assertThat(status(ports.sidecar, "/healthcheck/dnsmasq")).isEqualTo(200);
            assertThat(status(ports.healthz, "/ready")).isEqualTo(404);
            assertThat(Dig.at(ports.dns)
                            .ask("kubernetes.default.svc.cluster.local", "A")
                            .records()
                            .getFirst())
                    .contains(" 30 IN A ");

            assertThat(Dig.at(ports.dns).ask("www.test", "A").said()).isEqualTo("SERVFAIL");
            write(folder, "stubDomains", "{\"test\": [\"127.0.0.1:" + outside.port() + "\"]}");
            awaitSaid(program, ports.dns, "www.test", "192.0.2.80");
            write(folder, "stubDomains", "{\"test\": [\"127.0.0.1:" + outside.port() + "\"");
            Await.until(
                    "the log says it",
                    SOON,
                    () -> program.log().contains("stubDomains: it is no JSON"),
                    program::logEnd);
            assertThat(Dig.at(ports.dnsmasq).ask("www.test", "A").said()).isEqualTo("192.0.2.80");
            Files.delete(folder.resolve("stubDomains"));
            awaitSaid(program, ports.dns, "v4only.test", "SERVFAIL");
            write(folder, "upstreamNameservers", "[\"127.0.0.1:" + outside.port() + "\"]");
            awaitSaid(program, ports.dns, "v4only.test", "192.0.2.81");
            assertThat(Dig.at(ports.dns)
                            .ask("kubernetes.default.svc.cluster.local", "A")
                            .said())
                    .isEqualTo("10.96.0.1");

            program.terminate();
            assertThat(program.exitCode(SOON)).as(program.logEnd()).isZero();
        }
    }

    @Test
    void aConfigMapIsFollowedAtTheApiServerAndServersMayHaveNamesOfTheCluster() throws IOException {
        var ports = Ports.free();
        plane.api().apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: outside, namespace: default}
                spec: {clusterIP: None}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: outside, namespace: default, labels: {kubernetes.io/service-name: outside}}
                addressType: IPv4
                endpoints: [{addresses: [10.244.7.7]}]
                """);
        plane.api().apply(configMap("{\"acme.test\": [\"outside.default.svc.cluster.local\"]}"));
        try (var program = run("kube-dns-watched", ports, List.of("--config-map=kube-dns", "--config-period=60s"))) {
            Await.until(
                    "/readiness answers 200", SOON, () -> status(ports.healthz, "/readiness") == 200, program::logEnd);
            Await.until(
                    "the server's name is resolved",
                    SOON,
                    () -> program.log().contains("the ConfigMap kube-dns is in effect"),
                    program::logEnd);
            changed(program, ports, configMap(stub("test")), "www.test", "192.0.2.80");
            changed(program, ports, configMap(stub("other")), "www.test", "SERVFAIL");
            changed(program, ports, configMap(stub("test")), "www.test", "192.0.2.80");

            plane.api().apply(configMap("{\"test\": [\"127.0.0.1:"));
            Await.until(
                    "the log says it",
                    SOON,
                    () -> program.log().contains("stubDomains: it is no JSON"),
                    program::logEnd);
            assertThat(Dig.at(ports.dns).ask("www.test", "A").said()).isEqualTo("192.0.2.80");
            assertThat(scrape(ports)).contains("waymark_kube_dns_config_broken_total{key=\"stubDomains\"} 1");

            plane.api().delete("/api/v1/namespaces/kube-system/configmaps/kube-dns");
            awaitSaid(program, ports.dns, "www.test", "SERVFAIL");
        }
    }

    /// Applies it and asks until the answer is the new one, which is a matter of the watch and not of the period:
    /// that is a minute here.
    private void changed(Program program, Ports ports, String configMap, String name, String says) {
        long before = System.nanoTime();
        plane.api().apply(configMap);
        awaitSaid(program, ports.dns, name, says);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    private String stub(String domain) {
        return "{\"" + domain + "\": [\"127.0.0.1:" + outside.port() + "\"]}";
    }

    private static String scrape(Ports ports) throws IOException {
        var page = URI.create("http://127.0.0.1:" + ports.metrics + "/metrics");
        try (var in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String configMap(String stubDomains) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: kube-dns, namespace: kube-system}
                data: {stubDomains: '%s'}
                """.formatted(stubDomains);
    }

    private static void write(Path folder, String key, String value) throws IOException {
        var next = Files.writeString(folder.resolve("..next"), value);
        Files.move(next, folder.resolve(key), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
