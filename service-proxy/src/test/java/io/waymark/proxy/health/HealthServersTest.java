package io.waymark.proxy.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.events.EventRecorder;
import io.waymark.proxy.events.ProxyEvent;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServersTest {
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.of("192.0.2.1"), IpAddress.of("fd00:192::1"));
    private static final NodeFacts NODE = new NodeFacts("here", "a", ADDRESSES, List.of(), ADDRESSES);
    private static final String WEB = """
            service   shop/web   10.96.0.1,fd00:96::1 http=80/TCP https=443/TCP lb=203.0.113.9 etp=local health=31080
            slice     shop/web-1 web http=8080/TCP https=8443/TCP
            endpoint  shop/web-1 10.244.0.1 node=here
            endpoint  shop/web-1 10.244.0.2 node=here
            endpoint  shop/web-1 10.244.0.3 node=there
            slice     shop/web-6 web http=8080/TCP
            endpoint  shop/web-6 fd00:244::1 node=there
            """;

    private final TestNamespace node = TestNamespace.make();
    private final ProxyMetrics metrics = new ProxyMetrics(InstantSource.system());
    private final List<ProxyEvent> events = new ArrayList<>();
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private RuleWorld four = world(RuleConfig.IPTABLES, IpFamily.IPV4);
    private RuleWorld six = world(RuleConfig.IPTABLES, IpFamily.IPV6);
    private HealthServers servers;

    private static RuleWorld world(RuleConfig config, IpFamily family) {
        return new RuleWorld(config, NODE, family);
    }

    @BeforeEach
    void start() {
        node.command("ip", "addr", "add", "192.0.2.1/32", "dev", "lo");
        node.command("ip", "addr", "add", "fd00:192::1/128", "dev", "lo", "nodad");
        node.awaitRoute("fd00:192::1");
        EventRecorder recorder = events::add;
        servers = new HealthServers("here", recorder, metrics, healthy::get);
    }

    @AfterEach
    void stop() {
        servers.close();
        node.close();
    }

    private void begin(String cluster) {
        four.put(cluster);
        six.put(cluster);
        servers.begin(List.of(four.rules(), six.rules()));
        hold();
    }

    private void bring(String cluster) {
        change(List.of(four.put(cluster), six.put(cluster)));
    }

    private void change(List<RuleChanges> changes) {
        servers.change(changes);
        hold();
    }

    private void hold() {
        node.run(() -> {
            servers.held();
            return true;
        });
    }

    /// Its status and body, the date left out; or `refused`.
    private String ask(String address, int port, String request) {
        return node.run(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 2000);
                socket.setSoTimeout(2000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                var said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return said.replaceAll("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT", "Date: *");
            } catch (ConnectException refused) {
                return "refused";
            }
        });
    }

    private String ask(String address) {
        return ask(address, 31080, "GET / HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n");
    }

    @Test
    void itAnswersOctetForOctetAsKubeProxyDoes() {
        begin(WEB);
        assertThat(ask("192.0.2.1")).isEqualTo("""
                HTTP/1.1 200 OK\r
                Content-Type: application/json\r
                X-Content-Type-Options: nosniff\r
                X-Load-Balancing-Endpoint-Weight: 2\r
                Date: *\r
                Content-Length: 111\r
                Connection: close\r
                \r
                {
                	"service": {
                		"namespace": "shop",
                		"name": "web"
                	},
                	"localEndpoints": 2,
                	"serviceProxyHealthy": true
                }""");
        assertThat(ask("fd00:192::1"))
                .as("each family says what it has")
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("X-Load-Balancing-Endpoint-Weight: 0\r\n", "\"localEndpoints\": 0,");
    }

    @Test
    void aNodeWhoseRulesAreBehindIsNotHealthy() {
        begin(WEB);
        healthy.set(false);
        assertThat(ask("192.0.2.1"))
                .startsWith("HTTP/1.1 503 ")
                .contains("Weight: 2", "\"serviceProxyHealthy\": false");
    }

    @Test
    void theCountFollowsTheEndpointsThatAreReadyHere() {
        begin(WEB);
        bring("""
                slice     shop/web-1 web http=8080/TCP https=8443/TCP
                endpoint  shop/web-1 10.244.0.1 node=here notready serving terminating
                endpoint  shop/web-1 10.244.0.2 node=here
                """);
        assertThat(ask("192.0.2.1")).contains("Weight: 1\r\n");
        bring("slice shop/web-1 web http=8080/TCP https=8443/TCP");
        assertThat(ask("192.0.2.1")).startsWith("HTTP/1.1 503 ").contains("Weight: 0\r\n");
    }

    @Test
    void itMovesWithThePortAndClosesWithTheService() {
        begin(WEB);
        bring("service shop/web 10.96.0.1 http=80/TCP https=443/TCP lb=203.0.113.9 etp=local health=31081");
        assertThat(ask("192.0.2.1")).isEqualTo("refused");
        assertThat(ask("192.0.2.1", 31081, "GET /healthz HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
        var gone = new ClusterDelta.RemoveService(new NamespacedName("shop", "web"));
        change(List.of(four.apply(gone), six.apply(gone)));
        assertThat(ask("192.0.2.1", 31081, "")).isEqualTo("refused");
    }

    @Test
    void itListensWhereNodePortsAreServed() {
        var primary = RuleConfig.IPTABLES.with(new NodePortAddresses.Primary());
        four = world(primary, IpFamily.IPV4);
        six = world(primary, IpFamily.IPV6);
        begin(WEB);
        assertThat(ask("192.0.2.1")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("fd00:192::1")).startsWith("HTTP/1.1 503 ");
        assertThat(ask("127.0.0.1")).isEqualTo("refused");
    }

    @Test
    void aPortThatIsTakenIsToldOnceAndHadAsSoonAsItIsFree() throws IOException {
        try (var taken = node.run(() -> new ServerSocket(31080))) {
            begin(WEB);
            hold();
            assertThat(taken.isBound()).isTrue();
        }
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo("FailedToStartServiceHealthcheck");
            assertThat(event.subject()).isEqualTo(ProxyEvent.Subject.service(new NamespacedName("shop", "web")));
            assertThat(event.note()).startsWith("node here failed to start healthcheck \"shop/web\" on port 31080: ");
        });
        assertThat(metrics.scrape()).contains("waymark_proxy_health_port_failures_total 2\n");
        hold();
        assertThat(ask("192.0.2.1")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aConnectionCarriesOneRequestAfterTheOther() {
        begin(WEB);
        var twice = "GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assertThat(ask("192.0.2.1", 31080, twice))
                .containsOnlyOnce("\"localEndpoints\"")
                .satisfies(said -> assertThat(said.split("HTTP/1.1 200 OK", -1)).hasSize(3));
    }

    @Test
    void octetsThatAreNoRequestAreRefused() {
        begin(WEB);
        assertThat(ask("192.0.2.1", 31080, "\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
    }
}
