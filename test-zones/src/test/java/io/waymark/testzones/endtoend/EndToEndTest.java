package io.waymark.testzones.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.ask.StubUpstream;
import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./waymark dns` on a real API server, with the rights that the drop-in manifests give it, asked
/// with dig, nslookup and the C library's resolver.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AFTER_RESTART = Duration.ofSeconds(40);
    private static final String NODE_ADDRESS = "127.77.0.10";
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                health 127.0.0.1:{$HEALTH}
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig {$KUBECONFIG}
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                forward . 127.0.0.1:{$UPSTREAM} {
                    max_concurrent 1000
                }
            }
            """;
    private static final String NODE_LOCAL = """
            .:53 {
                bind %s
                errors
                forward . 127.0.0.1:{$DNS}
            }
            """.formatted(NODE_ADDRESS);

    private ControlPlane plane;
    private StubUpstream upstream;
    private DnsProcess waymark;
    private int port;
    private boolean mayUse53;

    @BeforeAll
    void start() throws IOException {
        Peers.require("dig");
        Peers.require("nslookup");
        plane = ControlPlane.start();
        plane.api().applyFolder(Peers.root().resolve("k8s-manifests/dns"));
        try (var shop = EndToEndTest.class.getResourceAsStream("/endtoend/shop.yaml")) {
            plane.api().apply(new String(shop.readAllBytes(), StandardCharsets.UTF_8));
        }
        upstream = new StubUpstream();
        port = Program.freePort();
        mayUse53 = mayBind53();
        waymark =
                startWaymark(port, mayUse53 ? COREFILE + NODE_LOCAL : COREFILE).awaitReady();
    }

    @AfterAll
    void stop() {
        if (waymark != null) {
            waymark.close();
        }
        if (upstream != null) {
            upstream.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    private DnsProcess startWaymark(int dnsPort, String corefile) {
        var environment = Map.of(
                "DNS", Integer.toString(dnsPort),
                "READY", Integer.toString(Program.freePort()),
                "HEALTH", Integer.toString(Program.freePort()),
                "KUBECONFIG", plane.corednsKubeconfig().toString(),
                "UPSTREAM", Integer.toString(upstream.port()));
        return DnsProcess.waymark(plane.folder(), corefile, environment, List.of());
    }

    private static boolean mayBind53() {
        try (var socket = new DatagramSocket(new InetSocketAddress(NODE_ADDRESS, 53))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0} {1} says {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            web.shop.svc.cluster.local              | A    | 10.96.1.1                         | it has a ClusterIP
            WEB.Shop.svc.CLUSTER.local              | A    | 10.96.1.1                         | case does not matter
            web.shop.svc.cluster.local              | AAAA | NODATA                            | it has no IPv6 address
            _https._tcp.web.shop.svc.cluster.local  | SRV  | 0 100 443 web.shop.svc.cluster.local. | the port has a name
            node-port.shop.svc.cluster.local        | A    | 10.96.1.2                         | neither the node's nor external addresses count
            dual.shop.svc.cluster.local             | A    | 10.96.1.3                         | it has an address of either family
            dual.shop.svc.cluster.local             | AAAA | fd00:10:96::103                   | it has an address of either family
            db.shop.svc.cluster.local               | A    | 10.244.1.10, 10.244.2.10          | two of its three endpoints are ready
            db-1.db.shop.svc.cluster.local          | A    | 10.244.2.10                       | the endpoint has a hostname
            db-2.db.shop.svc.cluster.local          | A    | NXDOMAIN                          | the endpoint is not ready
            _pg._tcp.db.shop.svc.cluster.local      | SRV  | 0 50 5432 db-0.db.shop.svc.cluster.local., 0 50 5432 db-1.db.shop.svc.cluster.local. | each endpoint has the port
            legacy.shop.svc.cluster.local           | A    | 198.51.100.9                      | its slice was written by hand
            198-51-100-9.legacy.shop.svc.cluster.local | A | 198.51.100.9                      | the endpoint has no hostname
            docs.shop.svc.cluster.local             | A    | 192.0.2.80, www.test.             | its name is outside and is asked for there
            alias.shop.svc.cluster.local            | A    | 10.96.1.1, web.shop.svc.cluster.local. | its name is another Service's
            10-244-1-10.shop.pod.cluster.local      | A    | 10.244.1.10                       | insecure Pod names need no Pod
            kube-dns.kube-system.svc.cluster.local  | A    | 10.96.0.10                        | the drop-in manifests hold this Service
            kubernetes.default.svc.cluster.local    | A    | 10.96.0.1                         | the API server makes this Service itself
            shop.svc.cluster.local                  | A    | NODATA                            | it is an empty non-terminal
            gone.shop.svc.cluster.local             | A    | NXDOMAIN                          | there is no such Service
            dns-version.cluster.local               | TXT  | "1.1.0"                           | the specification asks for it
            www.test                                | A    | 192.0.2.80                        | it is forwarded
            gone.test                               | A    | NXDOMAIN                          | the upstream says so
            """)
    void digOverUdpAndTcp(String name, String type, String says, String because) {
        assertThat(Dig.at(port).ask(name, type).said()).as(because).isEqualTo(says);
        assertThat(Dig.at(port, "+tcp").ask(name, type).said())
                .as(because + ", over TCP")
                .isEqualTo(says);
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({
        "10.96.1.1,       web.shop.svc.cluster.local.",
        "fd00:10:96::103, dual.shop.svc.cluster.local.",
        "10.244.1.10,     db-0.db.shop.svc.cluster.local.",
        "198.51.100.9,    198-51-100-9.legacy.shop.svc.cluster.local.",
        "203.0.113.7,     NXDOMAIN"
    })
    void digFindsTheNameOfAnAddress(String address, String name) {
        assertThat(Dig.at(port).ask("-x", address).said()).isEqualTo(name);
    }

    @Test
    void nslookupWithAPodsSearchListFindsAServiceByItsShortName() {
        var pod = new PodView(plane.folder(), "shop", "127.0.0.1");
        assertThat(pod.run("nslookup -port=" + port + " kubernetes.default"))
                .contains("Name:\tkubernetes.default.svc.cluster.local")
                .contains("Address: 10.96.0.1");
        assertThat(pod.run("nslookup -port=" + port + " web"))
                .contains("Name:\tweb.shop.svc.cluster.local")
                .contains("Address: 10.96.1.1");
        assertThat(pod.run("nslookup -port=" + port + " www.test")).contains("Address: 192.0.2.80");
        assertThat(pod.run("nslookup -port=" + port + " nothing.here")).contains("NXDOMAIN");
    }

    @Test
    void theResolverOfTheCLibraryFindsTheSameThroughAServerOnPort53ThatForwards() {
        if (!mayUse53) {
            Peers.unavailable("port 53 is missing: run as root, or set net.ipv4.ip_unprivileged_port_start=53");
        }
        var pod = new PodView(plane.folder(), "shop", NODE_ADDRESS);
        assertThat(pod.run("getent ahostsv4 kubernetes.default")).startsWith("10.96.0.1 ");
        assertThat(pod.run("getent ahosts dual")).contains("10.96.1.3 ").contains("fd00:10:96::103 ");
        assertThat(pod.run("getent hosts 10.96.1.1")).contains("web.shop.svc.cluster.local");
    }

    @Test
    void whatIsCreatedChangedAndDeletedIsSeen() {
        plane.api().apply(service("come-and-go", "clusterIP: 10.96.2.1"));
        awaitSaid("come-and-go.shop.svc.cluster.local", "10.96.2.1");
        plane.api().delete("/api/v1/namespaces/shop/services/come-and-go");
        awaitSaid("come-and-go.shop.svc.cluster.local", "NXDOMAIN");

        plane.api().apply(service("moving", "clusterIP: None"));
        plane.api().apply(slice("moving", "10.244.9.1"));
        awaitSaid("moving.shop.svc.cluster.local", "10.244.9.1");
        plane.api().apply(slice("moving", "10.244.9.2"));
        awaitSaid("moving.shop.svc.cluster.local", "10.244.9.2");
        plane.api().delete("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices/moving");
        awaitSaid("moving.shop.svc.cluster.local", "NXDOMAIN");
    }

    @Test
    void answersGoOnWhileTheApiServerIsAwayAndCatchUpWhenItIsBack() {
        plane.stopApiServer();
        assertThat(Dig.at(port).ask("web.shop.svc.cluster.local", "A").said()).isEqualTo("10.96.1.1");
        assertThat(Dig.at(port).ask("gone.shop.svc.cluster.local", "A").said()).isEqualTo("NXDOMAIN");
        plane.startApiServer();
        plane.api().apply(service("after-restart", "clusterIP: 10.96.2.9"));
        awaitSaid("after-restart.shop.svc.cluster.local", "10.96.2.9", AFTER_RESTART);
        assertThat(waymark.isReady()).isTrue();
    }

    @Test
    void randomDatagramsDoNotStopIt() {
        var said = CompiledTool.of("storm").run(Duration.ofSeconds(60), port, "web.shop.svc.cluster.local", 200_000, 7);
        assertThat(said.get("answered"))
                .as("good questions among the random ones")
                .isPositive();
        assertThat(Dig.at(port).ask("web.shop.svc.cluster.local", "A").said()).isEqualTo("10.96.1.1");
        assertThat(waymark.program().log()).doesNotContain("Exception");
    }

    @Test
    void sigtermEndsItWithExitCodeZeroAndFreesThePort() {
        int own = Program.freePort();
        try (var other = startWaymark(own, COREFILE)) {
            other.awaitReady();
            other.program().terminate();
            assertThat(other.program().exitCode(SOON))
                    .as(other.program().logEnd())
                    .isZero();
        }
        assertThat(Dig.at(own).ask("web.shop.svc.cluster.local", "A").said()).isEqualTo("SILENT");
    }

    private void awaitSaid(String name, String says) {
        awaitSaid(name, says, SOON);
    }

    private void awaitSaid(String name, String says, Duration limit) {
        var dig = Dig.at(port);
        Await.until(
                name + " says " + says,
                limit,
                () -> dig.ask(name, "A").said().equals(says),
                () -> "it says " + dig.ask(name, "A").said() + "\n"
                        + waymark.program().logEnd());
    }

    private static String service(String name, String spec) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {%s, ports: [{name: http, port: 80}]}
                """.formatted(name, spec);
    }

    private static String slice(String name, String address) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: shop, labels: {kubernetes.io/service-name: %s}}
                addressType: IPv4
                ports: [{name: http, port: 80, protocol: TCP}]
                endpoints: [{addresses: [%s]}]
                """.formatted(name, name, address);
    }
}
