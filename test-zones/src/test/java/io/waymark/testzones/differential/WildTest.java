package io.waymark.testzones.differential;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Corefiles that distributions install, served by CoreDNS and by Waymark on the same cluster.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WildTest {
    private static final long SEED = 20261123;
    private static final int ASKS = 1500;
    private static final int ASKS_OVER_TCP = 300;
    private static final int SHOWN = 5;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CLUSTER_DNS = """
            .:{$DNS} {
                bind 127.0.0.1
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig {$KUBECONFIG}
                }
            }
            """;

    private ControlPlane plane;
    private StubUpstream upstream;
    private Cluster cluster;
    private Map<String, String> clusterDns = Map.of();
    private DnsProcess clusterDnsProcess;

    @BeforeAll
    void start() throws IOException {
        Peers.require("coredns");
        plane = ControlPlane.start();
        upstream = new StubUpstream();
        GeneratedCluster.create(plane.api(), SEED);
        cluster = Cluster.read(plane.api());
        clusterDns = environment("0");
        clusterDnsProcess = DnsProcess.coreDns(folder("cluster-dns"), CLUSTER_DNS, clusterDns)
                .awaitReady();
    }

    @AfterAll
    void stop() {
        if (clusterDnsProcess != null) {
            clusterDnsProcess.close();
        }
        if (upstream != null) {
            upstream.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "kubeadm",
                "kubeadm-old",
                "coredns-deployment",
                "eks",
                "aks",
                "k3s",
                "openshift",
                "node-local-dns"
            })
    void isAnsweredAsCoreDnsDoes(String name) throws IOException {
        var wild = WildCorefile.of(name);
        var folder = folder(name);
        var corefile = wild.textIn(folder);
        var theirs = environment(clusterDns.get("DNS"));
        var ours = environment(clusterDns.get("DNS"));
        assertAccepted(folder, corefile, ours);
        var different = new ArrayList<String>();
        try (var coredns = DnsProcess.coreDns(folder, corefile, theirs);
                var waymark = DnsProcess.waymark(folder, corefile, ours, List.of())) {
            coredns.awaitReady();
            waymark.awaitReady();
            var asks = asks();
            compare(wild, asks, port(theirs), port(ours), Asker::askAll, different);
            compare(wild, asks.subList(0, ASKS_OVER_TCP), port(theirs), port(ours), Asker::askAllOverTcp, different);
            // Both would go on for their lameduck.
            coredns.program().signal("KILL");
            waymark.program().signal("KILL");
        }
        assertThat(different.size())
                .as(() -> String.join("\n\n", different.subList(0, Math.min(SHOWN, different.size()))))
                .isZero();
    }

    private void compare(
            WildCorefile wild, List<Ask> asks, int theirs, int ours, Beside.Way way, List<String> different) {
        var beside = new Beside(wild.block(), theirs, cluster, way);
        beside.askAll(asks);
        var waymark = way.ask(ours, asks);
        for (int i = 0; i < asks.size(); i++) {
            var told = waymark.get(i);
            var expected = beside.expected(asks.get(i), told);
            // CoreDNS' cache gives an owner the letters of whoever asked first; Waymark must have those of this
            // question.
            var timeless = new Expected(
                    expected.told().withoutTtls().withOwnersAsAsked(), expected.differences(), expected.cut());
            if (!timeless.agreesWith(told.withoutTtls())) {
                different.add("%s\n  CoreDNS  %s\n  expected %s, by %s\n  Waymark  %s"
                        .formatted(
                                asks.get(i), beside.told(asks.get(i)), expected.told(), expected.differences(), told));
            }
        }
    }

    /// What an operator asks first, then some of what a [DifferentialTest] asks.
    private List<Ask> asks() {
        var asks = new ArrayList<Ask>();
        for (var name : List.of(
                "kubernetes.default.svc.cluster.local.",
                "one-port.shop.svc.cluster.local.",
                "node-1.",
                "NODE-1.",
                "node-2.acme.test.",
                "33.2.0.192.in-addr.arpa.",
                "api.acme.test.",
                "www.test.",
                "gone.test.",
                "alias.test.",
                "broken.test.",
                "www.acme.local.",
                "gone.acme.local.",
                "a.b.c.d.internal.cloudapp.net.",
                "a.internal.cloudapp.net.",
                "a.reddog.microsoft.com.")) {
            for (var type : List.of("A", "AAAA", "TXT", "PTR", "SRV")) {
                asks.add(Ask.roomy(name, type));
                asks.add(new Ask(name, type, Ask.Form.PLAIN));
            }
        }
        var all = Questions.about(cluster, SEED).stream()
                .filter(ask -> ask.form().dnsClass().equals("IN") && ask.form().opcode() == 0)
                .filter(ask -> !cluster.isSilent(ask.name()))
                .toList();
        var random = new Random(SEED);
        for (int i = 0; i < ASKS; i++) {
            asks.add(all.get(random.nextInt(all.size())));
        }
        return asks.stream().distinct().toList();
    }

    /// What `check-config` says to it.
    private static void assertAccepted(Path folder, String corefile, Map<String, String> environment)
            throws IOException {
        var file = Files.writeString(folder.resolve("checked.Corefile"), corefile);
        var command = List.of(Peers.root().resolve("waymark").toString(), "check-config", file.toString());
        try (var check = Program.start("check-config", folder.resolve("check.log"), environment, command)) {
            assertThat(check.exitCode(SOON)).as(check.log()).isZero();
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(plane.folder().resolve("wild").resolve(name));
    }

    private Map<String, String> environment(String clusterPort) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("UPSTREAM", Integer.toString(upstream.port()));
        environment.put("CLUSTER", clusterPort);
        for (var variable : List.of("DNS", "READY", "HEALTH", "METRICS")) {
            environment.put(variable, Integer.toString(Program.freePort()));
        }
        return environment;
    }

    private static int port(Map<String, String> environment) {
        return Integer.parseInt(environment.get("DNS"));
    }
}
