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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// With `compat coredns` in Waymark's blocks, and only there, the rows [#UNDONE] of docs/differences.md do not apply:
/// where they would, the answer is CoreDNS'.
class CompatDifferentialTest {
    private static final long SEED = Long.getLong("waymark.seed", 20261123);
    private static final int ASKS = 8_000;
    /// Labels of `ns.dns.cluster.local`.
    private static final int SHORT = 4;
    private static final Path REPORT = Peers.root().resolve("test-zones/target/compat.txt");

    static final Set<String> UNDONE = Set.of(
            "text-nodata",
            "dns-version-nodata",
            "dns-exists",
            "protocol-exists",
            "topology-exists",
            "underscore",
            "below-pod",
            "pod-srv",
            "reverse-nodata",
            "reverse-ancestor",
            "alias-kept",
            "alias-rcode",
            "soa-nxdomain",
            "recursion-available");

    @Test
    void eachAnswerIsThatOfCoreDnsWhereCompatHasIt() throws IOException {
        Peers.require("coredns");
        var comparison = new Comparison();
        var without = new Comparison();
        try (var plane = ControlPlane.start();
                var upstream = new StubUpstream()) {
            GeneratedCluster.create(plane.api(), SEED);
            var cluster = Cluster.read(plane.api());
            var theirs = environment(plane, upstream);
            var ours = environment(plane, upstream);
            try (var coredns = DnsProcess.coreDns(plane.folder(), corefile(Block.ALL), theirs);
                    var waymark = DnsProcess.waymark(
                            plane.folder(),
                            corefile(Block.ALL.stream()
                                    .map(CompatDifferentialTest::compatible)
                                    .toList()),
                            ours,
                            List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                for (var block : Block.ALL) {
                    int port = Integer.parseInt(theirs.get(block.portVariable()));
                    int own = Integer.parseInt(ours.get(block.portVariable()));
                    var asks = asks(cluster);
                    comparison.compare(
                            new Beside(block, port, cluster, Asker::askAll, UNDONE),
                            asks,
                            each -> Asker.askAll(own, each));
                    var table = new Beside(block, port, cluster);
                    without.compare(
                            table,
                            asks,
                            each -> each.stream()
                                    .map(ask ->
                                            table.expected(ask, table.told(ask)).told())
                                    .toList());
                }
            }
        }
        comparison.assertExplained(REPORT, "seed " + SEED);
        assertThat(without.used()).as("rows that these questions are about").containsAll(UNDONE);
    }

    @Test
    void theDocumentationNamesTheseRows() throws IOException {
        var text = Files.readString(Peers.root().resolve("docs/differences.md"));
        var section = text.substring(
                text.indexOf("## The answers of CoreDNS all the same"), text.indexOf("## What the comparison"));
        var named = Pattern.compile("`([a-z-]+)`")
                .matcher(section)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named).contains("kubernetes").containsAll(UNDONE);
        assertThat(Differences.ids()).containsAll(UNDONE);
        assertThat(named.stream().filter(Differences.ids()::contains)).containsExactlyInAnyOrderElementsOf(UNDONE);
    }

    private static Block compatible(Block block) {
        var options = new ArrayList<>(block.options());
        options.add("compat coredns");
        return new Block(block.name(), block.zones(), options, block.ttl(), block.forward(), block.namespaces());
    }

    private static String corefile(List<Block> blocks) {
        return blocks.stream().map(Block::text).collect(joining("\n"));
    }

    /// Any of those that are not about `hosts`, which is not the plugin that has the option.
    private static List<Ask> asks(Cluster cluster) {
        var asks = new ArrayList<>(Questions.about(cluster, SEED).stream()
                .filter(ask -> !isNameServerInCapitals(ask.name()))
                .filter(ask -> !Block.HOST_NAMES.contains(ask.name().toLowerCase(Locale.ROOT))
                        && !cluster.isSilent(ask.name()))
                .toList());
        Collections.shuffle(asks, new Random(SEED));
        // Names of the zone itself, of which there are few, are all among them.
        asks.sort(Comparator.comparing(ask -> ask.name().split("\\.").length > SHORT));
        return asks.subList(0, Math.min(ASKS, asks.size()));
    }

    /// For CoreDNS letters decide there whether the name exists.
    private static boolean isNameServerInCapitals(String name) {
        return name.equalsIgnoreCase("ns.dns.cluster.local.") && !name.equals("ns.dns.cluster.local.");
    }

    private static Map<String, String> environment(ControlPlane plane, StubUpstream upstream) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("UPSTREAM", Integer.toString(upstream.port()));
        var ports = Program.freePorts(Block.ALL.size() + 1).iterator();
        environment.put("READY", Integer.toString(ports.next()));
        Block.ALL.forEach(block -> environment.put(block.portVariable(), Integer.toString(ports.next())));
        return environment;
    }
}
