package io.waymark.testzones.differential;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.StubUpstream;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ServiceImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `multicluster` on a real API server (`clusterset/cluster.yaml`): real CoreDNS and `./waymark dns` get the same
/// questions about what other clusters export (`clusterset/names`), and their answers are equal but for the table of
/// docs/differences.md and for what [#OTHERWISE] has.
class ClusterSetDifferentialTest {
    private static final Path REPORT = Peers.root().resolve("test-zones/target/clusterset.txt");
    private static final List<String> TYPES = List.of("A", "AAAA", "SRV", "TXT", "MX", "CNAME", "NS", "SOA", "PTR");
    private static final List<Block> BLOCKS = List.of(
            new Block(
                    "plain",
                    List.of("cluster.local.", "clusterset.local.", "in-addr.arpa.", "ip6.arpa."),
                    List.of("multicluster clusterset.local", "pods insecure"),
                    5,
                    false,
                    List.of()),
            new Block(
                    "shop",
                    List.of("clusterset.local.", "cluster.local."),
                    List.of(
                            "multicluster clusterset.local",
                            "namespaces shop",
                            "endpoint_pod_names",
                            "fallthrough",
                            "ttl 600"),
                    600,
                    true,
                    List.of("shop")));

    /// Where no row of the table says how the answers differ, what Waymark says to A: the zone of a cluster set has a
    /// name server of its own and no Pods, an import needs no ports, `CLUSTER.S` is above the names of endpoints.
    private static final Map<String, String> OTHERWISE = Map.of(
            "clusterset.local.", "NOERROR []",
            "shop.pod.clusterset.local.", "NXDOMAIN []",
            "10-1-0-5.shop.pod.clusterset.local.", "NXDOMAIN []",
            "no-ports.shop.svc.clusterset.local.", "NOERROR [no-ports.shop.svc.clusterset.local. 5 in a 10.112.0.12]",
            "east.db.shop.svc.clusterset.local.", "NOERROR []");

    @Test
    void whatOtherClustersExportHasTheNamesThatCoreDnsGivesIt() throws IOException {
        Peers.require("coredns");
        var comparison = new Comparison();
        try (var plane = ControlPlane.start();
                var upstream = new StubUpstream()) {
            ServiceImports.define(plane.api());
            plane.api().apply(resource("cluster.yaml"));
            var theirs = environment(plane, upstream);
            var ours = environment(plane, upstream);
            var corefile = BLOCKS.stream().map(Block::text).collect(joining("\n"));
            try (var coredns = DnsProcess.coreDns(plane.folder(), corefile, theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), corefile, ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                var cluster = Cluster.read(plane.api());
                for (var block : BLOCKS) {
                    var beside = new Beside(block, port(block, theirs), cluster);
                    var asks = asks(cluster).stream()
                            .filter(ask -> !ask.name().endsWith(".arpa.")
                                    || block.zones().contains("in-addr.arpa."))
                            .toList();
                    comparison.compare(beside, asks, some -> Asker.askAll(port(block, ours), some));
                    assertThat(asks.stream()
                                    .map(beside::told)
                                    .filter(told -> !told.answer().isEmpty())
                                    .count())
                            .as("answers of CoreDNS, block " + block.name())
                            .isGreaterThan(20);
                }
                OTHERWISE.forEach((name, says) -> assertThat(says(port(BLOCKS.getFirst(), ours), name))
                        .as(name)
                        .isEqualTo(says));
            }
        }
        comparison.assertExplained(REPORT, "clusterset");
    }

    private static String says(int port, String name) {
        var told = Asker.ask(port, Ask.roomy(name, "A"));
        return told.rcode() + " " + told.answer();
    }

    private static List<Ask> asks(Cluster cluster) throws IOException {
        return resource("names")
                .lines()
                .filter(name -> !OTHERWISE.containsKey(name) && !cluster.isSilent(name))
                .flatMap(name -> TYPES.stream().map(type -> Ask.roomy(name, type)))
                .toList();
    }

    private static int port(Block block, Map<String, String> environment) {
        return Integer.parseInt(environment.get(block.portVariable()));
    }

    private static Map<String, String> environment(ControlPlane plane, StubUpstream upstream) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("UPSTREAM", Integer.toString(upstream.port()));
        var ports = Program.freePorts(BLOCKS.size() + 1).iterator();
        environment.put("READY", Integer.toString(ports.next()));
        BLOCKS.forEach(block -> environment.put(block.portVariable(), Integer.toString(ports.next())));
        return environment;
    }

    private static String resource(String name) throws IOException {
        try (var in = ClusterSetDifferentialTest.class.getResourceAsStream("/clusterset/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
