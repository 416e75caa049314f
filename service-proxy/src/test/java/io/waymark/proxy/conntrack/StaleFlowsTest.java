package io.waymark.proxy.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.nftables.NftApplier;
import io.waymark.proxy.nftables.Ownership;
import io.waymark.proxy.nftables.PacketLab;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServiceCidr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real flows of UDP, from one socket each, while the endpoints behind them come and go.
class StaleFlowsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ANSWER_MILLIS = 1500;
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.of("192.0.2.1"), IpAddress.of("fd00:192::1"));
    private static final String SERVICES = """
            service   shop/dns    10.96.0.1,fd00:96::1  8080/UDP:30081 8080/TCP externalip=203.0.113.5
            service   shop/other  10.96.0.2 8080/UDP
            slice     shop/other-1 other 8080/UDP
            endpoint  shop/other-1 10.244.0.3
            """;

    private final PacketLab lab = new PacketLab();
    private final RuleWorld four = world(IpFamily.IPV4);
    private final RuleWorld six = world(IpFamily.IPV6);
    private final ProxyMetrics metrics = new ProxyMetrics(InstantSource.system());
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private NftApplier applier;
    private StaleFlows flows;

    private static RuleWorld world(IpFamily family) {
        var world =
                new RuleWorld(RuleConfig.NFTABLES, new NodeFacts("here", "a", ADDRESSES, List.of(), ADDRESSES), family);
        world.apply(new ClusterDelta.PutServiceCidr(new ServiceCidr(
                "kubernetes", new Origin.None(), List.of(Cidr.of("10.96.0.0/16"), Cidr.of("fd00:96::/112")))));
        return world;
    }

    @BeforeEach
    void start() throws InterruptedException {
        put(SERVICES);
        put(endpoints(1));
        restart();
    }

    @AfterEach
    void stop() {
        sockets.forEach(DatagramSocket::close);
        flows.close();
        applier.close();
        lab.close();
    }

    private static String endpoints(int pod) {
        return """
                slice     shop/dns-1  dns  8080/UDP 8080/TCP
                endpoint  shop/dns-1  10.244.0.%1$d
                slice     shop/dns-6  dns  8080/UDP 8080/TCP
                endpoint  shop/dns-6  fd00:244::%1$d
                """.formatted(pod);
    }

    private List<RuleChanges> put(String cluster) {
        return List.of(four.put(cluster), six.put(cluster));
    }

    private List<RuleChanges> remove(String service) {
        var delta = new ClusterDelta.RemoveService(new NamespacedName("shop", service));
        return List.of(four.apply(delta), six.apply(delta));
    }

    /// As the daemon does when it begins: with no memory of what was.
    private void restart() throws InterruptedException {
        lab.node.run(() -> {
            applier = NftApplier.open(Ownership.NONE);
            flows = StaleFlows.start(metrics);
            var rules = List.of(four.rules(), six.rules());
            flows.begin(rules);
            applier.start(rules);
            flows.held();
            return true;
        });
        assertThat(flows.awaitDone(LIMIT)).isTrue();
    }

    private void bring(List<RuleChanges> changes) throws InterruptedException {
        lab.node.run(() -> {
            flows.change(changes);
            applier.apply(changes);
            flows.held();
            return true;
        });
        assertThat(flows.awaitDone(LIMIT)).isTrue();
    }

    /// One socket of a client that stays connected.
    private final class Client {
        private final TestNamespace home;
        private final DatagramSocket socket;

        Client(TestNamespace home, String address, int port) {
            this.home = home;
            this.socket = home.run(() -> {
                var connected = new DatagramSocket();
                connected.connect(InetAddress.getByName(address), port);
                connected.setSoTimeout(ANSWER_MILLIS);
                return connected;
            });
            sockets.add(socket);
        }

        /// The name of who answers.
        String ask() {
            return home.run(() -> {
                var packet = new DatagramPacket(new byte[64], 64);
                try {
                    socket.send(new DatagramPacket(new byte[] {'?'}, 1));
                    socket.receive(packet);
                    return new String(packet.getData(), 0, 4, StandardCharsets.UTF_8);
                } catch (SocketTimeoutException silence) {
                    return "dropped";
                } catch (PortUnreachableException refused) {
                    return "refused";
                } catch (IOException denied) {
                    return "denied";
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }
    }

    private String tracked(String protocol) {
        return lab.node.attempt("conntrack", "-L", "-p", protocol).said()
                + lab.node
                        .attempt("conntrack", "-L", "-f", "ipv6", "-p", protocol)
                        .said();
    }

    @ParameterizedTest(name = "a client of {0}:{1} leaves the endpoint that goes with its next datagram")
    @CsvSource(delimiter = '|', textBlock = """
            10.96.0.1   | 8080
            fd00:96::1  | 8080
            192.0.2.1   | 30081
            203.0.113.5 | 8080
            """)
    void aClientLeavesTheEndpointThatGoesWithItsNextDatagram(String address, int port) throws InterruptedException {
        var client = new Client(lab.client, address, port);
        assertThat(client.ask()).isEqualTo("pod1");
        bring(put(endpoints(2)));
        assertThat(client.ask()).isEqualTo("pod2");
        assertThat(metrics.scrape()).contains("deleted_entries_total");
    }

    @Test
    void flowsOfOthersAndOfTcpStayAsTheyAre() throws InterruptedException {
        var other = new Client(lab.client, "10.96.0.2", 8080);
        var direct = new Client(lab.client, "10.244.0.1", 8080);
        assertThat(List.of(other.ask(), direct.ask())).containsExactly("pod3", "pod1");
        assertThat(lab.ask(lab.client, "TCP", "10.96.0.1", 8080)).startsWith("pod1");
        bring(put(endpoints(2)));
        assertThat(tracked("udp")).contains("sport=" + other.port() + " ", "sport=" + direct.port() + " ");
        assertThat(tracked("tcp")).contains("dst=10.96.0.1");
        assertThat(List.of(other.ask(), direct.ask())).containsExactly("pod3", "pod1");
    }

    @Test
    void theFlowToAnEndpointThatStillServesStays() throws InterruptedException {
        bring(put(endpoints(1)));
        var client = new Client(lab.client, "10.96.0.1", 8080);
        assertThat(client.ask()).isEqualTo("pod1");
        bring(put("""
                slice     shop/dns-1  dns  8080/UDP
                endpoint  shop/dns-1  10.244.0.1 notready serving terminating
                endpoint  shop/dns-1  10.244.0.2
                """));
        assertThat(client.ask()).as("until it ends").isEqualTo("pod1");
        bring(put("slice shop/dns-1 dns 8080/UDP\nendpoint shop/dns-1 10.244.0.2"));
        assertThat(client.ask()).isEqualTo("pod2");
    }

    @Test
    void theLastEndpointTakesItsFlowsWithIt() throws InterruptedException {
        var client = new Client(lab.client, "10.96.0.1", 8080);
        assertThat(client.ask()).isEqualTo("pod1");
        bring(put("slice shop/dns-1 dns 8080/UDP\nslice shop/dns-6 dns 8080/UDP"));
        assertThat(client.ask()).isEqualTo("refused");
    }

    @Test
    void soDoesAServiceThatIsDeleted() throws InterruptedException {
        var inside = new Client(lab.client, "10.96.0.1", 8080);
        var outside = new Client(lab.client, "203.0.113.5", 8080);
        assertThat(List.of(inside.ask(), outside.ask())).containsExactly("pod1", "pod1");
        bring(remove("dns"));
        assertThat(List.of(inside.ask(), outside.ask())).doesNotContain("pod1");
        assertThat(tracked("udp")).doesNotContain("src=10.244.0.1 ");
    }

    @Test
    void aFlowThatPassedBeforeTheServiceWasThereMeetsIt() throws InterruptedException {
        var early = new Client(lab.pods.getFirst(), "203.0.113.77", 8080);
        assertThat(early.ask()).as("it goes out, nobody is there").isIn("dropped", "refused", "denied");
        assertThat(tracked("udp")).contains("dst=203.0.113.77 ");
        bring(put("service shop/late 10.96.0.7 8080/UDP externalip=203.0.113.77"));
        bring(put("slice shop/late-1 late 8080/UDP\nendpoint shop/late-1 10.244.0.3"));
        assertThat(early.ask()).isEqualTo("pod3");
    }

    @Test
    void whatBecameStaleWhileNobodyLookedGoesAtTheStart() throws InterruptedException {
        var moved = new Client(lab.client, "10.96.0.1", 8080);
        var deleted = new Client(lab.client, "10.96.0.2", 8080);
        assertThat(List.of(moved.ask(), deleted.ask())).containsExactly("pod1", "pod3");
        flows.close();
        applier.close();
        put(endpoints(2));
        remove("other");
        restart();
        assertThat(moved.ask()).isEqualTo("pod2");
        assertThat(deleted.ask()).isEqualTo("dropped");
    }

    @Test
    void whatPassedWhileSomebodyHadTakenTheRulesAwayIsRepairedToo() throws InterruptedException {
        lab.node.command("nft", "flush", "ruleset");
        var client = new Client(lab.client, "10.96.0.1", 8080);
        assertThat(client.ask()).isIn("dropped", "refused");
        lab.node.run(() -> {
            assertThat(applier.verify()).isNotEmpty();
            flows.repaired();
            return true;
        });
        assertThat(flows.awaitDone(LIMIT)).isTrue();
        assertThat(client.ask()).isEqualTo("pod1");
    }

    @Test
    void theKernelPicksOutTheFlowsOfOneDestination() {
        var some = new Client(lab.client, "10.96.0.1", 8080);
        var other = new Client(lab.client, "10.96.0.2", 8080);
        var port = new Client(lab.client, "192.0.2.1", 30081);
        var six = new Client(lab.client, "fd00:96::1", 8080);
        assertThat(List.of(some.ask(), other.ask(), port.ask())).containsExactly("pod1", "pod3", "pod1");
        assertThat(shown(new Destination.Address(IpAddress.of("10.96.0.1"), Protocol.UDP, 8080)))
                .containsExactly("10.96.0.1:8080 by 10.244.0.1:8080");
        assertThat(shown(new Destination.AnyNodeAddress(IpFamily.IPV4, Protocol.UDP, 30081)))
                .containsExactly("192.0.2.1:30081 by 10.244.0.1:8080");
        assertThat(six.ask()).isEqualTo("pod1");
        assertThat(shown(new Destination.Address(IpAddress.of("fd00:96::1"), Protocol.UDP, 8080)))
                .containsExactly("[fd00:96::1]:8080 by [fd00:244::1]:8080");
    }

    private List<String> shown(Destination destination) {
        return lab.node.run(() -> {
            var shown = new ArrayList<String>();
            try (var table = ConntrackTable.open()) {
                table.flows(destination, flow -> shown.add(flow.to() + " by " + flow.answerer()));
            }
            return shown;
        });
    }

    @Test
    void aFlowIsDeletedOnce() {
        var client = new Client(lab.client, "10.96.0.1", 8080);
        assertThat(client.ask()).isEqualTo("pod1");
        var to = new Backend(IpAddress.of("10.96.0.1"), 8080);
        lab.node.run(() -> {
            try (var table = ConntrackTable.open()) {
                var found = new ArrayList<Flow>();
                table.flows(IpFamily.IPV4, flow -> {
                    if (flow.to().equals(to)) {
                        found.add(flow);
                    }
                });
                assertThat(found).hasSize(1);
                assertThat(table.delete(found.getFirst())).isTrue();
                assertThat(table.delete(found.getFirst())).isFalse();
            }
            return true;
        });
    }
}
