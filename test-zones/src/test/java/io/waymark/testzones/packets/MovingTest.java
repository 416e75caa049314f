package io.waymark.testzones.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.packets.PacketNode.Pods;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections while the cluster changes and `./waymark proxy` comes and goes: a real process, fed by a real API
/// server. The Service `moving` has some of pod1 to pod3, `steady` has pod4 and nobody else.
class MovingTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String MOVING = "10.96.0.51";
    private static final String STEADY = "10.96.0.52";
    private static final List<String> PODS = List.of("10.244.0.1", "10.244.0.2", "10.244.1.3");

    @TempDir
    private static Path folder;

    private static ControlPlane plane;
    private static ApiWay way;
    /// Written once: a proxy that starts meanwhile would read half of it.
    private static Path kubeconfig;

    private PacketNode node;
    /// The proxy's way to the API server.
    private Program relay;
    /// Of all tests: each start has a log of its own.
    private static int starts;

    @BeforeAll
    static void start() {
        CompiledTool.of("flows");
        CompiledTool.of("relay");
        plane = ControlPlane.start();
        way = new ApiWay(plane);
        kubeconfig = plane.kubeconfig();
        plane.api().apply("""
                {apiVersion: v1, kind: Node, metadata: {name: here},
                  status: {addresses: [{type: InternalIP, address: 192.0.2.1}]}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                """);
        service("moving", MOVING);
        service("steady", STEADY);
        endpoints("steady", List.of("10.244.1.4"));
    }

    @AfterAll
    static void stop() {
        way.close();
        plane.close();
    }

    @BeforeEach
    void arrive() {
        endpoints("moving", List.of(PODS.getFirst()));
        node = new PacketNode(Pods.ROUTED);
        relay = way.open(node.node());
    }

    @AfterEach
    void leave() {
        node.close();
    }

    private static void service(String name, String address) {
        plane.api().apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec:
                  clusterIP: %s
                  ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP, targetPort: 8080}]
                """.formatted(name, address));
    }

    private static void endpoints(String service, List<String> addresses) {
        var endpoints = addresses.stream()
                .map(it -> "{addresses: [" + it + "], conditions: {ready: true}, nodeName: there}")
                .collect(Collectors.joining(", ", "[", "]"));
        plane.api().apply("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: 8080, protocol: TCP}, {name: dns, port: 8080, protocol: UDP}]
                endpoints: %2$s
                """.formatted(service, endpoints));
    }

    private Program proxy(Programmer programmer) {
        return programmer.start(
                node, kubeconfig, Setup.CLUSTER_CIDR, folder.resolve(programmer + "-" + ++starts + ".log"));
    }

    private void awaitAnswer(String from, String address, String pod, Program proxy) {
        Await.until(
                address + " leads to " + pod,
                LIMIT,
                () -> ask(from, address).startsWith(pod),
                () -> ask(from, address) + proxy.logEnd());
    }

    private String ask(String from, String address) {
        return node.party(from)
                .ask("tcp", "-", address, 80, Duration.ofMillis(500))
                .join();
    }

    @ParameterizedTest
    @EnumSource(names = {"WAYMARK_NFTABLES", "WAYMARK_IPTABLES"})
    void noConnectionFailsOrGoesAstrayInTwoThousandChanges(Programmer programmer) {
        var chance = new Random(7);
        try (var proxy = proxy(programmer)) {
            awaitAnswer("client", MOVING, "pod1", proxy);
            var held = List.of(
                    node.party("client").hold(MOVING, 80, PATIENCE),
                    node.party("pod4").hold(MOVING, 80, PATIENCE),
                    node.party("node").hold(MOVING, 80, PATIENCE));
            held.forEach(it -> assertThat(it.answer().join()).startsWith("pod1"));
            var rounds = new ArrayList<String>();
            for (int round = 0; round < 20; round++) {
                var churns = List.of(
                        node.party("client").churn(MOVING, 80, Duration.ofMillis(300)),
                        node.party("pod4").churn(MOVING, 80, Duration.ofMillis(300)),
                        node.party("client").churn(STEADY, 80, Duration.ofMillis(300)));
                IntStream.range(0, 100).forEach(i -> change(chance));
                assertThat(names(churns.get(0).join())).isSubsetOf("pod1", "pod2", "pod3");
                assertThat(names(churns.get(1).join())).isSubsetOf("pod1", "pod2", "pod3");
                assertThat(names(churns.get(2).join())).containsExactly("pod4");
                rounds.add(churns.get(0).join());
            }
            assertThat(rounds.stream().flatMap(it -> names(it).stream()).distinct())
                    .as(rounds.toString())
                    .containsExactlyInAnyOrder("pod1", "pod2", "pod3");
            held.forEach(it ->
                    assertThat(answerOn(it, held.indexOf(it))).as("established").startsWith("pod1"));
            endpoints("moving", List.of(PODS.get(1)));
            awaitAnswer("client", MOVING, "pod2", proxy);
            assertThat(proxy.isRunning()).isTrue();
        }
    }

    private String answerOn(Party.Held held, int index) {
        return node.party(List.of("client", "pod4", "node").get(index))
                .again(held, PATIENCE)
                .join();
    }

    /// Of `moving`, which keeps one endpoint at least; now and then of a Service that comes and goes beside it.
    private static void change(Random chance) {
        if (chance.nextInt(20) == 0) {
            service("beside", "10.96.0.53");
            endpoints("beside", PODS);
        } else if (chance.nextInt(20) == 0) {
            plane.api().apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: of-no-concern, namespace: shop}}");
        } else {
            int chosen = 1 + chance.nextInt(7);
            endpoints(
                    "moving",
                    IntStream.range(0, 3)
                            .filter(i -> (chosen >> i & 1) == 1)
                            .mapToObj(PODS::get)
                            .toList());
        }
    }

    /// Of an answer such as `pod1=17,refused=2`.
    private static List<String> names(String churned) {
        return List.of(churned.split("=[0-9]+,?"));
    }

    @ParameterizedTest(name = "{0}, then {1}")
    @CsvSource({
        "KUBE_PROXY_NFTABLES, WAYMARK_NFTABLES",
        "KUBE_PROXY_IPTABLES, WAYMARK_IPTABLES",
        "KUBE_PROXY_IPTABLES, WAYMARK_NFTABLES",
        "WAYMARK_NFTABLES, WAYMARK_IPTABLES",
        "WAYMARK_IPTABLES, WAYMARK_NFTABLES"
    })
    void neitherARestartNorAKillNorATakeOverIsNoticed(Programmer before, Programmer programmer) {
        var held = new ArrayList<Party.Held>();
        try (var first = proxy(before)) {
            awaitAnswer("client", MOVING, "pod1", first);
            held.add(node.party("client").hold(MOVING, 80, PATIENCE));
            assertThat(held.getFirst().answer().join()).startsWith("pod1");
        }
        var churn = new Churn(MOVING);
        try (var taker = proxy(programmer)) {
            awaitHeld(taker);
            held.add(node.party("client").hold(MOVING, 80, PATIENCE));
            taker.signal("KILL");
            taker.exitCode(LIMIT);
        }
        try (var again = proxy(programmer)) {
            awaitHeld(again);
            held.add(node.party("client").hold(MOVING, 80, PATIENCE));
            again.terminate();
            assertThat(again.exitCode(LIMIT)).isZero();
        }
        assertThat(churn.end()).isEqualTo(Set.of("pod1"));
        for (var connection : held) {
            assertThat(connection.answer().join()).startsWith("pod1");
            assertThat(node.party("client").again(connection, PATIENCE).join()).startsWith("pod1");
        }
        var rules = Program.output(LIMIT, node.node().command(List.of("nft", "list", "ruleset")));
        boolean chains = programmer == Programmer.WAYMARK_IPTABLES;
        assertThat(rules.contains("KUBE-SERVICES"))
                .as("chains of iptables mode")
                .isEqualTo(chains);
        assertThat(rules.contains("table ip waymark")).as("our tables").isEqualTo(!chains);
        assertThat(rules).as("a table of kube-proxy").doesNotContain("table ip kube-proxy");
    }

    /// Connections one after the other until told to end.
    private final class Churn {
        private final AtomicBoolean over = new AtomicBoolean();
        private final String address;
        private final CompletableFuture<Set<String>> answers;

        Churn(String address) {
            this.address = address;
            this.answers = CompletableFuture.supplyAsync(this::run);
        }

        private Set<String> run() {
            var all = new TreeSet<String>();
            while (!over.get()) {
                all.addAll(names(node.party("client")
                        .churn(address, 80, Duration.ofMillis(500))
                        .join()));
            }
            return all;
        }

        /// Who answered.
        Set<String> end() {
            over.set(true);
            return answers.join();
        }
    }

    private static void awaitHeld(Program proxy) {
        Await.until("the kernel holds the rules", LIMIT, () -> proxy.log().contains("The kernel holds"), proxy::logEnd);
    }

    @ParameterizedTest
    @EnumSource(names = {"WAYMARK_NFTABLES", "WAYMARK_IPTABLES"})
    void aUdpClientLeavesAnEndpointThatIsGoneAndOthersStay(Programmer programmer) {
        try (var proxy = proxy(programmer)) {
            awaitAnswer("client", MOVING, "pod1", proxy);
            var leaving = node.party("client").keep(MOVING, 53, PATIENCE);
            var staying = node.party("client").keep(STEADY, 53, PATIENCE);
            assertThat(leaving.answer().join()).startsWith("pod1");
            assertThat(staying.answer().join()).startsWith("pod4");
            endpoints("moving", List.of(PODS.get(1)));
            Await.until(
                    "the next datagram of the same socket goes to pod2",
                    LIMIT,
                    () -> node.party("client").again(leaving, PATIENCE).join().startsWith("pod2"),
                    proxy::logEnd);
            assertThat(node.party("client").again(staying, PATIENCE).join()).startsWith("pod4");
        }
    }

    /// The watch breaks, its events are lost, and the API server that comes back has forgotten them too.
    @ParameterizedTest
    @EnumSource(names = {"WAYMARK_NFTABLES", "WAYMARK_IPTABLES"})
    void whatChangedWhileNobodyToldIsLearntFromTheNextList(Programmer programmer) {
        try (var proxy = proxy(programmer)) {
            awaitAnswer("client", MOVING, "pod1", proxy);
            var held = node.party("client").hold(MOVING, 80, PATIENCE);
            assertThat(held.answer().join()).startsWith("pod1");
            relay.close();
            endpoints("moving", List.of(PODS.get(1)));
            plane.stopApiServer();
            assertThat(ask("client", MOVING)).as("rules stay").startsWith("pod1");
            plane.startApiServer();
            relay = way.open(node.node());
            awaitAnswer("client", MOVING, "pod2", proxy);
            assertThat(node.party("client").again(held, PATIENCE).join())
                    .as("established")
                    .startsWith("pod1");
            assertThat(ask("client", STEADY)).startsWith("pod4");
        }
    }
}
