package io.waymark.testzones.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.packets.PacketNode.Pods;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./waymark proxy` on a node where others have rules too: theirs stay as they are, octet for octet; and what
/// they do to ours does not last.
class ForeignRulesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String WEB = "10.96.0.21";

    /// As firewalld and Docker make theirs, in tables of their own and in those of iptables.
    private static final String BEFORE = """
            nft 'table inet firewalld { set allowed { type ipv4_addr; flags interval; elements = { 10.0.0.0/8 }; };
                chain filter_INPUT { type filter hook input priority filter + 10; policy accept; ct state { established, related } accept; ip saddr @allowed accept; };
                chain nat_PREROUTING { type nat hook prerouting priority dstnat + 10; policy accept; tcp dport 8443 redirect to :443; };
                chain nat_POSTROUTING { type nat hook postrouting priority srcnat + 10; policy accept; oifname "tun0" masquerade; }; }'
            iptables -t nat -N DOCKER; iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            iptables -t nat -A DOCKER ! -i docker0 -p tcp --dport 9090 -j DNAT --to-destination 172.17.0.2:80
            iptables -N DOCKER-USER; iptables -A FORWARD -j DOCKER-USER; iptables -A DOCKER-USER -j RETURN
            ip6tables -N KUBE-FIREWALL; ip6tables -A INPUT -j KUBE-FIREWALL""";

    private static final String BETWEEN = """
            nft 'table ip between { chain c { type nat hook prerouting priority dstnat - 5; tcp dport 7 counter drop; }; }'
            iptables -t nat -A DOCKER ! -i docker0 -p udp --dport 9091 -j DNAT --to-destination 172.17.0.3:80""";

    @TempDir
    private Path folder;

    private PacketNode node;
    private int starts;

    @BeforeEach
    void arrive() {
        Peers.require("iptables");
        node = new PacketNode(Pods.ROUTED);
    }

    @AfterEach
    void leave() {
        node.close();
    }

    @Test
    void rulesOfOthersStayAsTheyAre() {
        node.node().shell(BEFORE);
        var before = foreign();
        try (var proxy = proxy()) {
            awaitAnswer(proxy);
            assertThat(foreign()).isEqualTo(before);
            node.node().shell(BETWEEN);
            var between = foreign();
            assertThat(between).isNotEqualTo(before);
            Await.until(
                    "somebody's change is noticed, and is none of ours",
                    LIMIT,
                    () -> ask().startsWith("pod1"),
                    proxy::logEnd);
            proxy.terminate();
            assertThat(proxy.exitCode(LIMIT)).isZero();
            assertThat(foreign()).isEqualTo(between);
            said(Peers.root().resolve("waymark").toString(), "proxy", "--cleanup");
            assertThat(said("nft", "list", "tables")).doesNotContain("waymark");
            assertThat(foreign()).isEqualTo(between);
        }
    }

    /// Where the kernel lets a table have an owner, nobody else can; where not, it is back within a second.
    @Test
    void whoTakesOurTableAwayDoesNotTakeTheServicesAway() {
        try (var proxy = proxy()) {
            awaitAnswer(proxy);
            for (var command : List.of("delete table ip waymark", "flush ruleset", "flush map ip waymark frontends")) {
                said("sh", "-c", "nft " + command);
                awaitAnswer(proxy);
            }
            proxy.signal("KILL");
            proxy.exitCode(LIMIT);
        }
        said("nft", "delete", "table", "ip", "waymark");
        assertThat(ask()).isEqualTo("dropped");
        try (var again = proxy()) {
            awaitAnswer(again);
        }
    }

    private Program proxy() {
        var command = new ArrayList<>(List.of(Peers.root().resolve("waymark").toString(), "proxy"));
        command.add("--proxy-mode=nftables");
        command.add("--manifests=" + Peers.root().resolve("test-zones/src/test/resources/packets/objects.yaml"));
        command.addAll(Setup.CLUSTER_CIDR.flags());
        var log = folder.resolve("waymark-" + ++starts + ".log");
        return Program.start("waymark", log, Map.of(), node.node().command(command));
    }

    private void awaitAnswer(Program proxy) {
        Await.until(WEB + " answers", LIMIT, () -> ask().startsWith("pod1"), () -> ask() + proxy.logEnd());
    }

    private String ask() {
        return node.party("client")
                .ask("tcp", "-", WEB, 80, Duration.ofMillis(500))
                .join();
    }

    /// All tables but ours, as `nft` lists them without their counters.
    private String foreign() {
        return said("nft", "list", "tables")
                .lines()
                .filter(table -> !table.endsWith(" waymark"))
                .map(table -> said("sh", "-c", "nft -s list " + table))
                .collect(Collectors.joining());
    }

    private String said(String... command) {
        return Program.output(LIMIT, node.node().command(List.of(command)));
    }
}
