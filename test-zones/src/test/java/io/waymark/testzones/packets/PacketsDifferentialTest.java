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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real connections through the rules of the real kube-proxy and through ours, all made of the objects of one
/// real API server: who answers, and which address it saw; or that nobody does, and how. `trace`, which sees the
/// same objects in a file, says the same beforehand.
class PacketsDifferentialTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path RESOURCES = Peers.root().resolve("test-zones/src/test/resources/packets");

    @TempDir
    private static Path folder;

    private static ControlPlane plane;
    private static ApiWay way;
    /// Written once: a proxy that starts meanwhile would read half of it.
    private static Path kubeconfig;
    private static List<Flow> flows;
    private static final Set<Documented> met = EnumSet.noneOf(Documented.class);
    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() throws IOException {
        Peers.require("kube-proxy");
        Peers.require("nft");
        Peers.require("iptables");
        CompiledTool.of("flows");
        CompiledTool.of("relay");
        plane = ControlPlane.start();
        way = new ApiWay(plane);
        kubeconfig = plane.kubeconfig();
        plane.api().apply(Files.readString(RESOURCES.resolve("objects.yaml")));
        flows = Flow.read(Files.readString(RESOURCES.resolve("flows.txt")));
    }

    @AfterAll
    static void stop() throws IOException {
        threads.close();
        way.close();
        plane.close();
        var table = Files.readString(Peers.root().resolve("docs/proxy-differences.md"));
        assertThat(met).as("each difference is met by a flow").containsExactly(Documented.values());
        assertThat(met).allSatisfy(it -> assertThat(table).contains("| `" + it.id() + "` |"));
    }

    @ParameterizedTest
    @EnumSource
    void packetsGoWhereKubeProxyAndTraceSendThem(Setup setup) {
        var differences = differences(flows, setup);
        if (!differences.isEmpty()) {
            // On a busy machine an answer may come late; what is a difference is one again.
            differences = differences(List.copyOf(differences.keySet()), setup);
        }
        assertThat(differences.values()).isEmpty();
    }

    private static Map<Flow, String> differences(List<Flow> asked, Setup setup) {
        var results = new EnumMap<Programmer, CompletableFuture<Map<Flow, String>>>(Programmer.class);
        for (var programmer : Programmer.values()) {
            results.put(programmer, CompletableFuture.supplyAsync(() -> through(programmer, asked, setup), threads));
        }
        CompletableFuture.allOf(results.values().toArray(CompletableFuture[]::new))
                .join();
        var traced = new LinkedHashMap<String, Traced>();
        for (var mode : List.of("nftables", "iptables")) {
            traced.put(mode, new Traced(RESOURCES.resolve("objects.yaml"), setup, mode));
        }
        var differences = new LinkedHashMap<Flow, String>();
        for (var flow : asked) {
            var answers = new LinkedHashMap<String, String>();
            results.forEach((programmer, result) ->
                    answer(programmer, flow, setup, result.join()).ifPresent(it -> answers.put(programmer.name(), it)));
            traced.forEach((mode, trace) -> {
                if (flow.isOf(mode)) {
                    trace.answers(flow).ifPresent(it -> answers.put("trace of " + mode, it));
                }
            });
            if (answers.values().stream().distinct().count() > 1) {
                differences.put(flow, flow + ": " + answers);
            }
        }
        return differences;
    }

    private static Optional<String> answer(Programmer programmer, Flow flow, Setup setup, Map<Flow, String> answers) {
        var documented = Documented.of(programmer, flow, setup);
        met.addAll(documented);
        return documented.isEmpty() ? Optional.ofNullable(answers.get(flow)) : Optional.empty();
    }

    private static Map<Flow, String> through(Programmer programmer, List<Flow> flows, Setup setup) {
        var log = folder.resolve(programmer + "-" + setup + ".log");
        try (var node = new PacketNode(setup.pods());
                var api = way.open(node.node());
                var proxy = programmer.start(node, kubeconfig, setup, log)) {
            awaitRules(node, proxy);
            assertThat(api.isRunning()).isTrue();
            var asked = new LinkedHashMap<Flow, CompletableFuture<String>>();
            for (var flow : flows) {
                if (flow.isOf(programmer.mode())) {
                    asked.put(flow, flow.ask(node));
                }
            }
            var answers = new LinkedHashMap<Flow, String>();
            asked.forEach((flow, answer) -> answers.put(flow, answer.join()));
            return answers;
        }
    }

    /// Both families are programmed one after the other.
    private static void awaitRules(PacketNode node, Program proxy) {
        for (var address : List.of("10.96.0.21", "fd00:10:96::21")) {
            Await.until(
                    address + " answers",
                    LIMIT,
                    () -> node.party("node")
                            .ask("tcp", "-", address, 80, Duration.ofMillis(200))
                            .join()
                            .startsWith("pod1"),
                    proxy::logEnd);
        }
    }
}
