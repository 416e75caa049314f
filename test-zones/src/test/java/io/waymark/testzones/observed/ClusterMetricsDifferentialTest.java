package io.waymark.testzones.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What real CoreDNS and `./waymark dns` measure of one API server, while Services and their endpoints change:
/// CoreDNS' families `coredns_kubernetes_…` have the same types, labels and bounds, and each change of endpoints
/// that it measures is measured here.
class ClusterMetricsDifferentialTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROGRAMMED = "coredns_kubernetes_dns_programming_duration_seconds_count";
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                prometheus 127.0.0.1:{$METRICS}
                kubernetes cluster.local {
                    kubeconfig {$KUBECONFIG}
                }
            }
            """;
    private static final String SERVICES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {clusterIP: None, selector: {app: db}, ports: [{name: pg, port: 5432}]}
            """;

    @Test
    void whatCoreDnsMeasuresOfTheClusterIsMeasuredUnderTheSameNames() {
        Peers.require("coredns");
        try (var plane = ControlPlane.start()) {
            plane.api().apply(SERVICES);
            var there = environment(plane);
            var here = environment(plane);
            try (var coredns = DnsProcess.coreDns(plane.folder(), COREFILE, there);
                    var waymark = DnsProcess.waymark(plane.folder(), COREFILE, here, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                plane.api().apply(slice("cart") + "---\n" + slice("db"));
                for (var server : List.of(there, here)) {
                    Await.until(
                            "both changes of endpoints are measured",
                            SOON,
                            () -> programmed(server).lines().count() == 2,
                            () -> programmed(server));
                }
                var theirs = scrape(there);
                var ours = scrape(here);
                assertThat(ofCluster(ours.types())).isEqualTo(ofCluster(theirs.types()));
                assertThat(ofCluster(ours.labels())).isEqualTo(ofCluster(theirs.labels()));
                assertThat(ofCluster(ours.bounds())).isEqualTo(ofCluster(theirs.bounds()));
                assertThat(programmed(here)).isEqualTo(programmed(there));
            }
        }
    }

    /// As the controller of EndpointSlices writes them.
    private static String slice(String service) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: %1$s-1
                  namespace: shop
                  labels: {kubernetes.io/service-name: %1$s}
                  annotations: {endpoints.kubernetes.io/last-change-trigger-time: "%2$s"}
                addressType: IPv4
                ports: [{name: a, port: 1, protocol: TCP}]
                endpoints: [{addresses: [10.1.0.5], conditions: {ready: true}}]
                """.formatted(service, Instant.now().minusSeconds(1));
    }

    private static String programmed(Map<String, String> environment) {
        return scrape(environment).counted(PROGRAMMED);
    }

    private static Scrape scrape(Map<String, String> environment) {
        return Scrape.of(Integer.parseInt(environment.get("METRICS")));
    }

    private static Map<String, String> ofCluster(Map<String, String> all) {
        var some = new TreeMap<>(all);
        some.keySet().removeIf(name -> !name.startsWith("coredns_kubernetes_"));
        return some;
    }

    private static Map<String, String> environment(ControlPlane plane) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        var ports = Program.freePorts(3).iterator();
        for (var name : List.of("READY", "DNS", "METRICS")) {
            environment.put(name, Integer.toString(ports.next()));
        }
        return environment;
    }
}
