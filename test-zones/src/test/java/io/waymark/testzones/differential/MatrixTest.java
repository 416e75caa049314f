package io.waymark.testzones.differential;

import static java.util.stream.Collectors.joining;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.StubUpstream;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Options of `kubernetes` by chance times clusters by chance, over UDP and TCP. All blocks share one
/// CoreDNS and one Waymark, which see one cluster turn into the next. `-Dwaymark.seed=N` takes other
/// blocks, clusters and questions; `-Dwaymark.clusters=N` more clusters.
class MatrixTest {
    private static final long SEED = Long.getLong("waymark.seed", 20261123);
    private static final int CLUSTERS = Integer.getInteger("waymark.clusters", 4);
    private static final int BLOCKS = 12;
    private static final int ASKS = 500;
    private static final int ASKS_OVER_TCP = 80;
    private static final Duration KNOWN_LIMIT = Duration.ofSeconds(60);
    private static final Path REPORT = Peers.root().resolve("test-zones/target/matrix.txt");

    private final List<Block> blocks = Block.byChance(BLOCKS, SEED);
    private final Comparison comparison = new Comparison();

    @Test
    void eachBlockAnswersAsCoreDnsDoesOrAsTheTableOfDifferencesSays() throws IOException {
        Peers.require("coredns");
        try (var plane = ControlPlane.start();
                var upstream = new StubUpstream()) {
            GeneratedCluster.create(plane.api(), SEED);
            var theirs = environment(plane, upstream);
            var ours = environment(plane, upstream);
            var corefile = blocks.stream().map(Block::text).collect(joining("\n"));
            try (var coredns = DnsProcess.coreDns(plane.folder(), corefile, theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), corefile, ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                for (int generation = 0; generation < CLUSTERS; generation++) {
                    GeneratedCluster.replaceChance(plane.api(), SEED + generation, generation);
                    awaitKnown(theirs, generation, coredns);
                    awaitKnown(ours, generation, waymark);
                    compare(Cluster.read(plane.api()), SEED + generation, theirs, ours);
                }
            }
        }
        comparison.assertExplained(REPORT, "seed " + SEED);
    }

    private Map<String, String> environment(ControlPlane plane, StubUpstream upstream) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("UPSTREAM", Integer.toString(upstream.port()));
        var ports = Program.freePorts(blocks.size() + 1).iterator();
        environment.put("READY", Integer.toString(ports.next()));
        blocks.forEach(block -> environment.put(block.portVariable(), Integer.toString(ports.next())));
        return environment;
    }

    private static int port(Block block, Map<String, String> environment) {
        return Integer.parseInt(environment.get(block.portVariable()));
    }

    /// Waits until each block of a server knows this generation of the cluster.
    private void awaitKnown(Map<String, String> environment, int generation, DnsProcess server) {
        for (var block : blocks) {
            var name = (block.hasEndpoints() ? "ends-" : "mark-") + generation + ".marks.svc.cluster.local.";
            Await.until(
                    block + " knows " + name,
                    KNOWN_LIMIT,
                    () -> !Asker.ask(port(block, environment), Ask.roomy(name, "A"))
                            .answer()
                            .isEmpty(),
                    () -> server.program().logEnd());
        }
    }

    private void compare(Cluster cluster, long seed, Map<String, String> theirs, Map<String, String> ours) {
        var all = Questions.about(cluster, seed).stream()
                .filter(ask -> !cluster.isSilent(ask.name()))
                .toList();
        var random = new Random(seed);
        for (var block : blocks) {
            var asks = some(all, ASKS, random);
            comparison.compare(
                    new Beside(block, port(block, theirs), cluster), asks, one -> Asker.askAll(port(block, ours), one));
            comparison.compare(
                    new Beside(block, port(block, theirs), cluster, Asker::askAllOverTcp),
                    some(all, ASKS_OVER_TCP, random),
                    one -> Asker.askAllOverTcp(port(block, ours), one));
        }
    }

    private static List<Ask> some(List<Ask> all, int count, Random random) {
        var some = new ArrayList<Ask>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some.stream().distinct().toList();
    }
}
