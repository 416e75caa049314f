package io.waymark.testzones.proxying;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.NetworkNamespace;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./waymark proxy` as an operator runs it, in a network of its own. The endpoint of each Service is the page
/// `/livez` of the proxy itself, at an address of the node.
class ProxyProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NODE = "10.180.1.1";
    private static final String ENDPOINT = "10.180.1.11";

    @TempDir
    private Path folder;

    @Test
    void rulesFollowTheObjectsStayWhenItEndsAndGoWithCleanup() throws IOException {
        Peers.require("nft");
        try (var network = NetworkNamespace.with(NODE, ENDPOINT)) {
            said(network, "ip", "route", "add", "10.96.0.0/12", "dev", "lo");
            write("web", "10.96.0.80");
            try (var proxy = start(network)) {
                Await.until("web answers", LIMIT, () -> answers(network, "10.96.0.80"), proxy::logEnd);
                write("late", "10.96.0.81");
                Await.until(
                        "a Service that came later answers",
                        LIMIT,
                        () -> answers(network, "10.96.0.81"),
                        proxy::logEnd);
                Files.delete(folder.resolve("objects/web.yaml"));
                Await.until(
                        "a Service that went does not", LIMIT, () -> !answers(network, "10.96.0.80"), proxy::logEnd);
                assertThat(said(network, "curl", "-s", "http://127.0.0.1:10249/proxyMode"))
                        .isEqualTo("nftables");
                assertThat(said(network, "curl", "-s", "http://127.0.0.1:10249/metrics"))
                        .contains("\nkubeproxy_sync_full_proxy_rules_duration_seconds_count{ip_family=\"IPv4\"} 1\n");
                proxy.terminate();
                assertThat(proxy.exitCode(LIMIT)).as(proxy.logEnd()).isZero();
            }
            assertThat(said(network, "nft", "list", "tables")).isEqualTo("table ip waymark\ntable ip6 waymark\n");
            try (var again = start(network)) {
                Await.until(
                        "the next one adopts the rules", LIMIT, () -> answers(network, "10.96.0.81"), again::logEnd);
            }
            assertThat(said(network, waymark(List.of("--cleanup")))).isEqualTo("removed 2 tables\n");
            assertThat(said(network, "nft", "list", "tables")).isEmpty();
        }
    }

    @Test
    void withoutNetAdminItSaysSoAndEndsWith69() throws IOException {
        try (var network = NetworkNamespace.with(NODE)) {
            write("web", "10.96.0.80");
            var command =
                    new ArrayList<>(List.of("setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin"));
            command.addAll(List.of(arguments()));
            try (var refused = Program.start("waymark", log(), Map.of(), network.command(command))) {
                assertThat(refused.exitCode(LIMIT)).as(refused.logEnd()).isEqualTo(69);
                assertThat(refused.log()).contains("NET_ADMIN").hasLineCount(1);
            }
        }
    }

    @Test
    void onAnOldKernelItSaysSoAndEndsWith69() throws IOException {
        try (var network = NetworkNamespace.with(NODE)) {
            write("web", "10.96.0.80");
            var release = Files.writeString(folder.resolve("osrelease"), "5.4.0-old");
            var command = new ArrayList<>(List.of(
                    "unshare",
                    "--mount",
                    "sh",
                    "-ec",
                    "mount --bind " + release + " /proc/sys/kernel/osrelease; exec \"$@\"",
                    "sh"));
            command.addAll(List.of(arguments()));
            try (var refused = Program.start("waymark", log(), Map.of(), network.command(command))) {
                assertThat(refused.exitCode(LIMIT)).as(refused.logEnd()).isEqualTo(69);
                assertThat(refused.log())
                        .contains("needs Linux 5.13", "this is Linux 5.4")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void aMalformedSliceIsLeftOutAndTheRestIsProgrammed() throws IOException {
        try (var network = NetworkNamespace.with(NODE, ENDPOINT)) {
            said(network, "ip", "route", "add", "10.96.0.0/12", "dev", "lo");
            write("web", "10.96.0.80");
            slice("bad-address", "IPv4", "10.180.1.999", 10256);
            slice("bad-port", "IPv4", "10.180.1.11", 99999);
            slice("wrong-family", "IPv4", "'fd00::1'", 10256);
            try (var proxy = start(network)) {
                Await.until("web answers", LIMIT, () -> answers(network, "10.96.0.80"), proxy::logEnd);
                for (int i = 0; i < 20; i++) {
                    assertThat(answers(network, "10.96.0.80")).isTrue();
                }
                for (var name : List.of("bad-address", "bad-port", "wrong-family")) {
                    assertThat(proxy.log().lines().filter(line -> line.contains(name)))
                            .as(proxy.log())
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void everyProblemOfTheConfigurationIsToldAndNothingStarted() {
        var command = List.of(waymark(List.of("--proxy-mode=nft", "--oom-score-adj=7000")));
        try (var refused = Program.start("waymark", log(), Map.of(), command)) {
            assertThat(refused.exitCode(LIMIT)).isEqualTo(1);
            assertThat(refused.log()).isEqualTo("""
                    --oom-score-adj: oomScoreAdj: found 7000; expected a whole number from -1000 to 1000
                    --proxy-mode: mode: found nft; expected iptables, ipvs, nftables, or nothing, which means iptables
                    2 problems; nothing was started
                    """);
        }
    }

    /// Rules of firewalld's and of Docker's kind, before ours, after them and between.
    private static final String OTHERS = """
            iptables-nft -N DOCKER-USER; iptables-nft -I FORWARD -j DOCKER-USER; iptables-nft -A DOCKER-USER -j RETURN
            iptables-nft -t nat -N PRE_public; iptables-nft -t nat -A PREROUTING -j PRE_public
            iptables-nft -t nat -A PRE_public -p tcp --dport 1234 -j REDIRECT --to-ports 1235
            nft add table inet firewalld; nft add chain inet firewalld filter_INPUT
            """;

    @Test
    void aModeTakesOverFromAnotherAndCleanupLeavesWhatOthersHave() throws IOException {
        Peers.require("nft");
        Peers.require("iptables");
        try (var network = NetworkNamespace.with(NODE, ENDPOINT)) {
            write("web", "10.96.0.80");
            said(network, "ip", "route", "add", "10.96.0.0/12", "dev", "lo");
            said(network, "sh", "-ec", OTHERS);
            var others = said(network, "nft", "list", "ruleset");
            for (var mode : List.of("nftables", "", "nftables", "iptables")) {
                try (var proxy = start(network, mode)) {
                    Await.until(
                            "mode " + mode,
                            LIMIT,
                            () -> isAlone(network, mode) && answers(network, "10.96.0.80"),
                            proxy::logEnd);
                    said(network, "sh", "-c", "iptables-nft -t nat -I PREROUTING 1 -p tcp --dport 1236 -j RETURN");
                    proxy.terminate();
                    assertThat(proxy.exitCode(LIMIT)).as(proxy.logEnd()).isZero();
                }
                said(network, "sh", "-c", "iptables-nft -t nat -D PREROUTING -p tcp --dport 1236 -j RETURN");
            }
            assertThat(said(network, waymark(List.of("--cleanup")))).matches("removed 0 tables and \\d+ chains\n");
            assertThat(withoutTables(said(network, "nft", "list", "ruleset"))).isEqualTo(withoutTables(others));
        }
    }

    /// Whether the rules of a mode are there, and none of the other one.
    private static boolean isAlone(NetworkNamespace network, String mode) {
        var ruleset = said(network, "nft", "list", "ruleset");
        boolean tables = ruleset.contains("table ip waymark");
        boolean chains = ruleset.contains("KUBE-SERVICES");
        return mode.equals("nftables") ? tables && !chains : chains && !tables;
    }

    /// iptables' tables stay, as chains that the kernel calls and that have no rules; counters count.
    private static List<String> withoutTables(String ruleset) {
        return ruleset.lines()
                .map(line -> line.replaceAll("packets \\d+ bytes \\d+", "").strip())
                .filter(line -> line.contains("PRE_public")
                        || line.contains("DOCKER-USER")
                        || line.contains("firewalld")
                        || line.contains("KUBE")
                        || line.contains("waymark")
                        || line.contains("dport"))
                .toList();
    }

    private Program start(NetworkNamespace network) {
        return start(network, "nftables");
    }

    private Program start(NetworkNamespace network, String mode) {
        return Program.start("waymark", log(), Map.of(), network.command(List.of(arguments(mode))));
    }

    private String[] arguments() {
        return arguments("nftables");
    }

    private String[] arguments(String mode) {
        return waymark(List.of(
                "--proxy-mode=" + mode,
                "--manifests=" + folder.resolve("objects"),
                "--hostname-override=node-1",
                "--healthz-bind-address=" + ENDPOINT + ":10256"));
    }

    private static String[] waymark(List<String> arguments) {
        var command = new ArrayList<>(List.of(Peers.root().resolve("waymark").toString(), "proxy"));
        command.addAll(arguments);
        return command.toArray(String[]::new);
    }

    private Path log() {
        return folder.resolve("waymark.log");
    }

    private static boolean answers(NetworkNamespace network, String address) {
        return said(network, "curl", "-s", "-m", "1", "http://" + address + "/livez")
                .contains("\"healthy\":true");
    }

    private static String said(NetworkNamespace network, String... command) {
        return Program.output(LIMIT, network.command(List.of(command)));
    }

    /// One more slice of `web`.
    private void slice(String name, String type, String address, int port) throws IOException {
        Files.writeString(folder.resolve("objects").resolve(name + ".yaml"), """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: shop, labels: {kubernetes.io/service-name: web}}
                addressType: %s
                ports: [{name: http, port: %d, protocol: TCP}]
                endpoints: [{addresses: [%s], conditions: {ready: true}, nodeName: node-1}]
                """.formatted(name, type, port, address));
    }

    private void write(String name, String address) throws IOException {
        var objects = Files.createDirectories(folder.resolve("objects"));
        Files.writeString(objects.resolve(name + ".yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: shop}
                spec:
                  clusterIP: %2$s
                  ports: [{name: http, port: 80, targetPort: 10256}]
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: 10256, protocol: TCP}]
                endpoints: [{addresses: [%3$s], conditions: {ready: true}, nodeName: node-1}]
                """.formatted(name, address, ENDPOINT));
    }
}
