package io.waymark.testzones.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The chains of the real kube-proxy in iptables mode beside ours, made of the same objects of one API server:
/// every rule that `iptables-save` lists, name for name and comment for comment.
class ChainsDifferentialTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path OBJECTS = Peers.root().resolve("test-zones/src/test/resources/packets/objects.yaml");

    @TempDir
    private static Path folder;

    private static ControlPlane plane;
    private static ApiWay way;

    @BeforeAll
    static void start() throws IOException {
        Peers.require("kube-proxy");
        Peers.require("iptables");
        CompiledTool.of("relay");
        plane = ControlPlane.start();
        way = new ApiWay(plane);
        plane.api().apply(Files.readString(OBJECTS));
    }

    @AfterAll
    static void stop() {
        way.close();
        plane.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsOneOfKubeProxys(Setup setup) {
        for (var program : List.of("iptables-save", "ip6tables-save")) {
            assertThat(rules(Programmer.WAYMARK_IPTABLES, setup, program))
                    .isEqualTo(rules(Programmer.KUBE_PROXY_IPTABLES, setup, program));
        }
    }

    private static Set<String> rules(Programmer programmer, Setup setup, String save) {
        var log = folder.resolve(programmer + "-" + setup + "-" + save + ".log");
        try (var node = new PacketNode(setup.pods());
                var api = way.open(node.node());
                var proxy = programmer.start(node, plane.kubeconfig(), setup, log)) {
            Await.until(
                    "the chains are there",
                    LIMIT,
                    () -> listed(node, save).stream().anyMatch(rule -> rule.startsWith("nat -A KUBE-SEP-")),
                    proxy::logEnd);
            assertThat(api.isRunning()).isTrue();
            return comparable(listed(node, save), setup);
        }
    }

    /// Less the rules that differ on purpose: `iptables-counters`, and `nodeport-empty` where addresses are given;
    /// and less kube-proxy's jumps to `KUBE-FIREWALL` where that has no rule.
    private static Set<String> comparable(Set<String> rules, Setup setup) {
        boolean guards = rules.stream().anyMatch(rule -> rule.startsWith("filter -A KUBE-FIREWALL"));
        return rules.stream()
                .filter(rule -> guards || !rule.endsWith("-j KUBE-FIREWALL"))
                .filter(rule -> !rule.startsWith("nat -A KUBE-NODEPORTS") || !rule.contains("nfacct"))
                .filter(rule -> setup != Setup.NODE_CIDR_AND_ADDRESSES
                        || !rule.startsWith("filter -A KUBE-EXTERNAL-SERVICES")
                        || !rule.contains("--dport 300"))
                .map(rule -> rule.replaceFirst(" -m nfacct --nfacct-name +\\S+", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listed(PacketNode node, String save) {
        var rules = new TreeSet<String>();
        for (var table : List.of("filter", "nat")) {
            Program.output(LIMIT, node.node().command(List.of(save, "-t", table)))
                    .lines()
                    .filter(line -> line.startsWith("-A"))
                    .map(line -> table + " " + line)
                    .forEach(rules::add);
        }
        return rules;
    }
}
