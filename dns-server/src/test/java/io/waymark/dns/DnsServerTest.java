package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.dns.plugin.forward.ScriptedUpstream;
import io.waymark.dns.plugin.forward.ScriptedUpstream.Script;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.rr.RecordType;
import io.waymark.source.SourceScope.Reach;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A whole server from a Corefile, asked over real sockets.
class DnsServerTest {
    private static final String SHOP = """
            service   shop/cart  10.96.0.10  http=80/TCP
            service   shop/pay   -> pay.example.com
            """;
    private static final String CLUSTER = """
            cluster.local {
                bind 127.0.0.1
                kubernetes cluster.local
            }
            """;

    private final HandSource source = new HandSource();
    private final HandSource clusterSet = new HandSource();
    private final ByteArrayOutputStream queryLog = new ByteArrayOutputStream();

    @Test
    void aServiceIsAnsweredOverUdpAndTcp() throws IOException {
        source.bring(SHOP).sync();
        try (var server = start(CLUSTER);
                var client = new Client(server)) {
            var query = Ask.query(7, "cart.shop.svc.cluster.local.", RecordType.A);
            assertThat(client.udp(query)).isEqualTo("NOERROR aa: cart.shop.svc.cluster.local. A 10.96.0.10");
            assertThat(client.tcp(query)).isEqualTo("NOERROR aa: cart.shop.svc.cluster.local. A 10.96.0.10");
            assertThat(server.defects()).isZero();
        }
        assertThat(source.closed()).isTrue();
    }

    @Test
    void aChangeOfTheClusterIsSeenByTheNextQuery() throws IOException {
        source.bring(SHOP).sync();
        try (var server = start(CLUSTER);
                var client = new Client(server)) {
            var query = Ask.query(7, "new.shop.svc.cluster.local.", RecordType.A);
            assertThat(client.udp(query)).startsWith("NXDOMAIN");
            source.bring("service shop/new 10.96.0.11 80/TCP");
            assertThat(client.udp(query)).isEqualTo("NOERROR aa: new.shop.svc.cluster.local. A 10.96.0.11");
        }
    }

    @Test
    void aZoneOfTheClusterSetHasWhatIsImportedAndTheOthersHaveNot() throws IOException {
        source.bring(SHOP).sync();
        clusterSet.bring("""
                service  shop/db    headless  pg=5432/TCP
                slice    shop/db-e  db        pg=5432/TCP cluster=east
                endpoint shop/db-e  10.1.0.5  hostname=db-0
                """);
        try (var server = start("""
                        . {
                            bind 127.0.0.1
                            kubernetes cluster.local clusterset.local in-addr.arpa {
                                multicluster clusterset.local
                                startup_timeout 0s
                            }
                        }
                        """);
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(7, "gone.shop.svc.clusterset.local.", RecordType.A)))
                    .startsWith("SERVFAIL");
            clusterSet.sync();
            assertThat(client.udp(Ask.query(7, "db-0.east.db.shop.svc.clusterset.local.", RecordType.A)))
                    .isEqualTo("NOERROR aa: db-0.east.db.shop.svc.clusterset.local. A 10.1.0.5");
            assertThat(client.udp(Ask.query(7, "cart.shop.svc.clusterset.local.", RecordType.A)))
                    .startsWith("NXDOMAIN");
            assertThat(client.udp(Ask.query(7, "cart.shop.svc.cluster.local.", RecordType.A)))
                    .isEqualTo("NOERROR aa: cart.shop.svc.cluster.local. A 10.96.0.10");
            assertThat(client.udp(Ask.query(7, "db.shop.svc.cluster.local.", RecordType.A)))
                    .startsWith("NXDOMAIN");
            assertThat(client.udp(Ask.query(7, "10.0.96.10.in-addr.arpa.", RecordType.PTR)))
                    .isEqualTo("NOERROR aa: 10.0.96.10.in-addr.arpa. PTR");
        }
        assertThat(clusterSet.closed()).isTrue();
    }

    @Test
    void beforeTheFirstSyncAMissingNameIsServfailAndTheServerIsNotReady() throws Exception {
        source.bring(SHOP).trouble("cannot reach https://10.0.0.1: connection refused");
        try (var server = start("""
                        cluster.local {
                            bind 127.0.0.1
                            kubernetes cluster.local {
                                startup_timeout 0s
                            }
                            ready 127.0.0.1:0
                            health 127.0.0.1:0
                        }
                        """);
                var client = new Client(server)) {
            var gone = Ask.query(7, "gone.shop.svc.cluster.local.", RecordType.A);
            assertThat(client.udp(Ask.query(7, "cart.shop.svc.cluster.local.", RecordType.A)))
                    .startsWith("NOERROR");
            assertThat(client.udp(gone)).isEqualTo("SERVFAIL aa; cluster.local. SOA");
            assertThat(http(server, "/ready"))
                    .isEqualTo("503 kubernetes\nkubernetes: cannot reach https://10.0.0.1: connection refused\n");
            assertThat(http(server, "/health")).isEqualTo("200 OK");

            source.sync();
            assertThat(client.udp(gone)).isEqualTo("NXDOMAIN aa; cluster.local. SOA");
            assertThat(http(server, "/ready")).isEqualTo("200 OK");
            assertThat(http(server, "/metrics")).startsWith("404");
        }
    }

    @Test
    void anAliasOutOfTheClusterIsFollowedThroughTheOtherBlock() throws IOException {
        source.bring(SHOP).sync();
        try (var upstream = new ScriptedUpstream(Script.ANSWERING, Script.SILENT);
                var server = start(CLUSTER + """
                        example.com {
                            bind 127.0.0.1
                            forward . 127.0.0.1:%d
                        }
                        """.formatted(upstream.port()));
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(7, "pay.shop.svc.cluster.local.", RecordType.A)))
                    .isEqualTo("NOERROR aa: pay.shop.svc.cluster.local. CNAME pay.example.com.,"
                            + " pay.example.com. A 192.0.2.1");
            assertThat(client.udp(Ask.query(7, "pay.example.com.", RecordType.A)))
                    .isEqualTo("NOERROR ra: pay.example.com. A 192.0.2.1");
            assertThat(client.udp(Ask.query(7, "elsewhere.test.", RecordType.A)))
                    .isEqualTo("REFUSED");
        }
    }

    @Test
    void everyQueryIsLoggedAndAFailureWithItsReason() throws IOException {
        source.bring(SHOP).sync();
        try (var server = start("""
                        . {
                            bind 127.0.0.1
                            log
                            errors
                            kubernetes cluster.local
                        }
                        """);
                var client = new Client(server)) {
            client.udp(Ask.query(7, "Cart.shop.svc.cluster.local.", RecordType.A, 1232));
            client.tcp(Ask.query(8, "example.com.", RecordType.AAAA));
        }
        assertThat(queryLog.toString(StandardCharsets.UTF_8).lines().map(DnsServerTest::withoutPortAndTime))
                .containsExactly(
                        "[INFO] 127.0.0.1:P - 7 \"A IN cart.shop.svc.cluster.local. udp 56 false 1232\""
                                + " NOERROR qr,aa,rd 88 Ts",
                        "[INFO] 127.0.0.1:P - 8 \"AAAA IN example.com. tcp 29 false 65535\" SERVFAIL qr,rd 29 Ts",
                        "[ERROR] plugin/errors: 2 example.com. AAAA: no plugin of the server block answers for this"
                                + " name");
    }

    private static String withoutPortAndTime(String line) {
        return line.replaceFirst("127.0.0.1:\\d+", "127.0.0.1:P").replaceFirst(" 0\\.\\d+s$", " Ts");
    }

    @Test
    void aServerThatEndsAnswersWhatItWasAskedBefore() throws Exception {
        var held = new CountDownLatch(1);
        Script late = query -> {
            held.await();
            return Script.ANSWERING.replies(query);
        };
        try (var upstream = new ScriptedUpstream(late, Script.SILENT)) {
            var server = start("""
                    . {
                        bind 127.0.0.1
                        forward . 127.0.0.1:%d
                    }
                    """.formatted(upstream.port()));
            try (var client = new Client(server)) {
                client.send(Ask.query(7, "pay.example.com.", RecordType.A));
                upstream.nextAsked();
                var closing = CompletableFuture.runAsync(server::close);
                held.countDown();
                assertThat(Ask.text(client.receive())).startsWith("NOERROR");
                closing.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aPortInUseIsSaidAndNothingIsLeftRunning() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var corefile = CLUSTER.replace("cluster.local {", "cluster.local:" + other.getLocalPort() + " {");
            assertThatThrownBy(() -> start(corefile))
                    .isInstanceOf(ListenException.class)
                    .hasMessageStartingWith(
                            "cannot listen on 127.0.0.1:" + other.getLocalPort() + "/tcp: the port is in use")
                    .hasMessageNotContaining("\n");
            assertThat(source.closed()).isTrue();
        }
    }

    @Test
    void aResolverFileThatIsMissingIsSaidWithItsPlaceInTheCorefile() {
        assertThatThrownBy(() -> start(". {\n    bind 127.0.0.1\n    forward . /nowhere/resolv.conf\n}"))
                .isInstanceOf(ForwardStartException.class)
                .hasMessage("Corefile:3:15: forward to /nowhere/resolv.conf: there is no such file;"
                        + " name a file like /etc/resolv.conf, or the addresses of DNS servers");
    }

    private DnsServer start(String corefile) {
        return switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(new DnsServerConfig(
                        plan,
                        CorefileOrigin.fixed(plan),
                        (api, limits, scope, observer) -> scope.reach() == Reach.CLUSTER ? source : clusterSet,
                        2,
                        ListenerLimits.DEFAULT,
                        new PrintStream(queryLog, true, StandardCharsets.UTF_8),
                        Duration.ofSeconds(5)));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }

    private static String http(DnsServer server, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var port = server.probePorts().values().iterator().next();
            var uri = URI.create("http://127.0.0.1:" + port + path);
            var response = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }
}
