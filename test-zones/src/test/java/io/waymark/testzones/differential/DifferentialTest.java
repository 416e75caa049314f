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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One real API server, one Corefile, the same questions to real CoreDNS and to `./waymark dns`.
/// The seed makes the cluster and the questions; `-Dwaymark.seed=N` takes another.
class DifferentialTest {
    private static final long SEED = Long.getLong("waymark.seed", 20261123);
    private static final int NARROWER_ASKS = 6000;
    private static final Path REPORT = Peers.root().resolve("test-zones/target/differential.txt");

    private final Comparison comparison = new Comparison();

    @Test
    void eachAnswerIsThatOfCoreDnsOrWhatTheTableOfDifferencesMakesOfIt() throws IOException {
        Peers.require("coredns");
        try (var plane = ControlPlane.start();
                var upstream = new StubUpstream()) {
            GeneratedCluster.create(plane.api(), SEED);
            var cluster = Cluster.read(plane.api());
            var theirs = environment(plane, upstream);
            var ours = environment(plane, upstream);
            var corefile = Block.ALL.stream().map(Block::text).collect(joining("\n"));
            try (var coredns = DnsProcess.coreDns(plane.folder(), corefile, theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), corefile, ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                for (var block : Block.ALL) {
                    compare(block, cluster, theirs, ours);
                }
            }
        }
        comparison.assertExplained(REPORT, "seed " + SEED);
        assertThat(comparison.used())
                .as("each row of docs/differences.md is needed by an answer; seed " + SEED)
                .containsAll(Differences.ids());
    }

    @Test
    void theTableInTheDocumentationIsMadeOfTheSameRows() throws IOException {
        var page = Peers.root().resolve("docs/differences.md");
        var text = Files.readString(page);
        int from = text.indexOf("| id |");
        int to = text.indexOf("\n\n", from) + 1;
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, text.substring(0, from) + Differences.table() + text.substring(to));
        }
        assertThat(text.substring(from, to))
                .as("the table of %s; -Dgolden.update=true writes it anew", page)
                .isEqualTo(Differences.table());
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

    private void compare(Block block, Cluster cluster, Map<String, String> theirs, Map<String, String> ours) {
        var beside = new Beside(block, Integer.parseInt(theirs.get(block.portVariable())), cluster);
        int port = Integer.parseInt(ours.get(block.portVariable()));
        comparison.compare(beside, asks(block, cluster), asks -> Asker.askAll(port, asks));
    }

    /// All questions for the first block; for the others all PTR records of addresses, and some of the
    /// rest.
    private static List<Ask> asks(Block block, Cluster cluster) {
        var asks = Questions.about(cluster, SEED);
        if (block == Block.KUBEADM) {
            return asks;
        }
        var random = new Random(SEED);
        return asks.stream()
                .filter(ask -> ask.type().equals("PTR") && ask.name().endsWith(".arpa.")
                        || random.nextInt(asks.size()) < NARROWER_ASKS)
                .toList();
    }
}
