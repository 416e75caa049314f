package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ServiceImports;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What `kubernetes` says of a query and of the Pod that sends it, as the plugin `template` of real CoreDNS and of
/// `./waymark dns` tells it in a TXT record. Pods have loopback addresses, and dig asks from these.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetadataDifferentialTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PODS = "/api/v1/namespaces/shop/pods/";
    private static final List<String> LABELS = List.of(
            "client-namespace",
            "client-pod-name",
            "client-label/app",
            "client-label/example.com/team",
            "client-label/flag",
            "client-label/absent",
            "kind",
            "namespace",
            "service",
            "endpoint",
            "protocol",
            "port-name",
            "cluster",
            "zone",
            "parse-error");
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: client
              namespace: shop
              labels: {app: cart, example.com/team: blue, flag: ""}
            spec: {containers: [{name: main, image: none}]}
            status: {phase: Running, podIP: 127.0.0.11, podIPs: [{ip: 127.0.0.11}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: bare, namespace: shop}
            spec: {containers: [{name: main, image: none}]}
            status: {phase: Running, podIP: 127.0.0.12, podIPs: [{ip: 127.0.0.12}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: ended, namespace: shop, labels: {app: job}}
            spec: {containers: [{name: main, image: none}]}
            status: {phase: Succeeded, podIP: 127.0.0.13, podIPs: [{ip: 127.0.0.13}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: on-node, namespace: shop, labels: {app: agent}}
            spec: {hostNetwork: true, containers: [{name: main, image: none}]}
            status: {phase: Running, podIP: 127.0.0.14, podIPs: [{ip: 127.0.0.14}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: waiting, namespace: shop, labels: {app: job}}
            spec: {containers: [{name: main, image: none}]}
            status: {phase: Pending, podIP: 127.0.0.15, podIPs: [{ip: 127.0.0.15}]}
            """;
    private static final List<String> CLIENTS =
            List.of("127.0.0.11", "127.0.0.12", "127.0.0.13", "127.0.0.15", "127.0.0.99");
    private static final List<String> NAMES = List.of(
            "cluster.local",
            "svc.cluster.local",
            "shop.svc.cluster.local",
            "Cart.Shop.svc.cluster.local",
            "db-0.db.shop.svc.cluster.local",
            "_http._tcp.cart.shop.svc.cluster.local",
            "http.tcp.cart.shop.svc.cluster.local",
            "eu.1.pin._zone.db.shop.svc.cluster.local",
            "a.b.c.d.shop.svc.cluster.local",
            "10-1-2-3.shop.pod.cluster.local",
            "cart.shop.elsewhere.cluster.local",
            "shop.svc.clusterset.local",
            "cart.shop.svc.clusterset.local",
            "1.0.96.10.in-addr.arpa",
            "www.test");

    private ControlPlane plane;
    private Map<String, String> theirs;
    private Map<String, String> ours;
    private DnsProcess coredns;
    private DnsProcess waymark;

    @BeforeAll
    void start() {
        Peers.require("coredns");
        plane = ControlPlane.start();
        plane.api().apply(CLUSTER);
        ServiceImports.define(plane.api());
        theirs = environment();
        ours = environment();
        coredns = DnsProcess.coreDns(plane.folder(), corefile(), theirs);
        waymark = DnsProcess.waymark(plane.folder(), corefile(), ours, List.of());
        coredns.awaitReady();
        waymark.awaitReady();
    }

    @AfterAll
    void stop() {
        for (var part : new AutoCloseable[] {coredns, waymark, plane}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void eachClientIsToldOfAsCoreDnsTellsWhereMetadataAndPodsVerifiedAreOnAndNowhereElse() {
        for (var block : List.of("VERIFIED", "INSECURE", "PLAIN", "ELSEWHERE")) {
            for (var client : CLIENTS) {
                for (var name : List.of("cart.shop.svc.cluster.local", "www.test")) {
                    assertSame(block, client, name);
                }
            }
        }
        assertThat(said(theirs, "VERIFIED", "127.0.0.11", "www.test")).startsWith("\"shop|client|cart|blue|");
        assertThat(said(theirs, "VERIFIED", "127.0.0.12", "www.test")).startsWith("\"shop|bare||");
        for (var block : List.of("INSECURE", "PLAIN")) {
            assertThat(said(theirs, block, "127.0.0.11", "www.test")).startsWith("\"||||");
        }
    }

    @Test
    void eachNameHasThePartsThatCoreDnsTells() {
        NAMES.forEach(name -> assertSame("VERIFIED", "127.0.0.11", name));
    }

    @Test
    void labelsAreThoseThatThePodHasNow() {
        for (var label : List.of("one", "two")) {
            plane.api().patch(PODS + "waiting", "{\"metadata\": {\"labels\": {\"app\": \"%s\"}}}".formatted(label));
            for (var server : List.of(theirs, ours)) {
                Await.until(
                        "the label app is " + label,
                        SOON,
                        () -> said(server, "VERIFIED", "127.0.0.15", "www.test").startsWith("\"shop|waiting|" + label),
                        () -> said(server, "VERIFIED", "127.0.0.15", "www.test"));
            }
        }
    }

    /// As docs/differences.md says: CoreDNS takes the node's address for the Pod's.
    @Test
    void whoHasTheAddressOfTheNodeIsNobodyInParticular() {
        assertThat(said(theirs, "VERIFIED", "127.0.0.14", "www.test")).startsWith("\"shop|on-node|agent|");
        assertThat(said(ours, "VERIFIED", "127.0.0.14", "www.test")).startsWith("\"||||");
    }

    /// As docs/differences.md says: CoreDNS looks for a port there.
    @Test
    void anEndpointOfAnotherClusterIsNamedWithItsCluster() {
        var name = "db-0.east.db.shop.svc.clusterset.local";
        assertThat(said(theirs, "VERIFIED", "127.0.0.99", name)).isEqualTo("\"||||||svc|shop|db||east|db-0||||\"");
        assertThat(said(ours, "VERIFIED", "127.0.0.99", name)).isEqualTo("\"||||||svc|shop|db|db-0|||east|||\"");
    }

    private void assertSame(String block, String client, String name) {
        assertThat(said(ours, block, client, name))
                .as("%s asked for by %s of the block %s", name, client, block)
                .isEqualTo(said(theirs, block, client, name));
    }

    private static String said(Map<String, String> environment, String block, String client, String name) {
        return Dig.at(Integer.parseInt(environment.get(block)), "-b", client)
                .ask(name, "TXT")
                .said();
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        var ports = Program.freePorts(5).iterator();
        for (var name : List.of("READY", "VERIFIED", "INSECURE", "PLAIN", "ELSEWHERE")) {
            environment.put(name, Integer.toString(ports.next()));
        }
        return environment;
    }

    private static String corefile() {
        return block("VERIFIED", "metadata", "verified")
                + block("INSECURE", "metadata", "insecure")
                + block("PLAIN", "", "verified")
                + block("ELSEWHERE", "metadata cluster.local", "verified");
    }

    private static String block(String name, String metadata, String pods) {
        var values = new StringBuilder();
        LABELS.forEach(
                label -> values.append("{{ .Meta `kubernetes/").append(label).append("` }}|"));
        return """
                .:{$%s} {
                    bind 127.0.0.1
                    errors
                    ready 127.0.0.1:{$READY}
                    %s
                    template IN TXT . {
                        answer "{{ .Name }} 60 IN TXT \\"%s\\""
                    }
                    kubernetes cluster.local clusterset.local in-addr.arpa {
                        kubeconfig {$KUBECONFIG}
                        multicluster clusterset.local
                        zonal
                        pods %s
                    }
                }
                """.formatted(name, metadata, values, pods);
    }
}
