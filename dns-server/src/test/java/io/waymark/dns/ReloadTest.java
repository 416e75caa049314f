package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.file.FileImports;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.CorefileVersion;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.forward.ScriptedUpstream;
import io.waymark.dns.plugin.forward.ScriptedUpstream.Script;
import io.waymark.dns.reload.CorefileFile;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.address.IpAddress;
import io.waymark.records.rr.RecordType;
import io.waymark.source.SourceScope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server whose Corefile changes while it is asked over real sockets.
class ReloadTest {
    private static final Host HERE = Host.of(name -> Optional.empty(), new FileImports());
    private static final ListenAddress ANY_PORT = new ListenAddress(IpAddress.of("127.0.0.1"), 0);
    private static final byte[] CART = Ask.query(7, "cart.shop.svc.cluster.local.", RecordType.A);

    private final List<HandSource> sources = new ArrayList<>();
    private final List<SourceScope> scopes = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("Corefile");
    }

    @Test
    void theNextQueryIsAnsweredAsTheChangedCorefileSays() throws IOException {
        try (var server = start("kubernetes cluster.local");
                var client = new Client(server)) {
            assertThat(client.udp(CART)).isEqualTo("NOERROR aa: cart.shop.svc.cluster.local. A 10.96.0.10");
            write("kubernetes cluster.test");
            server.checkCorefile();
            assertThat(client.udp(CART)).startsWith("SERVFAIL");
            assertThat(client.tcp(Ask.query(7, "cart.shop.svc.cluster.test.", RecordType.A)))
                    .isEqualTo("NOERROR aa: cart.shop.svc.cluster.test. A 10.96.0.10");
            assertThat(server.defects()).isZero();
        }
    }

    @Test
    void whatIsKnownOfTheClusterIsNotListedAgainUnlessOtherObjectsAreAskedFor() throws IOException {
        try (var server = start("kubernetes cluster.local {\n ttl 5\n }");
                var client = new Client(server)) {
            write("log\n kubernetes cluster.local in-addr.arpa {\n ttl 30\n }");
            server.checkCorefile();
            assertThat(sources).hasSize(1);
            assertThat(sources.getFirst().closed()).isFalse();
            sources.getFirst().bring("service shop/new 10.96.0.11 80/TCP");
            assertThat(client.udp(Ask.query(7, "new.shop.svc.cluster.local.", RecordType.A)))
                    .isEqualTo("NOERROR aa: new.shop.svc.cluster.local. A 10.96.0.11");

            write("kubernetes cluster.local {\n noendpoints\n }");
            server.checkCorefile();
            assertThat(scopes).extracting(SourceScope::endpointSlices).containsExactly(true, false);
            assertThat(client.udp(CART)).startsWith("NOERROR aa");
        }
        assertThat(sources).allMatch(HandSource::closed);
    }

    @Test
    void whatIsCachedOutlivesAReloadThatLeavesTheCacheAsItIs() throws Exception {
        var query = Ask.query(7, "a.test.", RecordType.A);
        try (var upstream = new ScriptedUpstream(Script.ANSWERING, Script.ANSWERING)) {
            var forward = "forward . 127.0.0.1:" + upstream.port();
            try (var server = start("cache\n" + forward);
                    var client = new Client(server)) {
                int asked = askedUntilKept(upstream, client, query);
                write("log\ncache\n" + forward);
                server.checkCorefile();
                assertThat(client.udp(query)).startsWith("NOERROR");
                assertThat(upstream.askedCount()).isEqualTo(asked);

                write("cache 10\n" + forward);
                server.checkCorefile();
                assertThat(client.udp(query)).startsWith("NOERROR");
                assertThat(upstream.askedCount()).isEqualTo(asked + 1);
                assertThat(server.defects()).isZero();
            }
        }
    }

    /// Room for answers is made when the first one comes, and nobody waits for it.
    private static int askedUntilKept(ScriptedUpstream upstream, Client client, byte[] query) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            int before = upstream.askedCount();
            client.udp(query);
            if (i > 0 && upstream.askedCount() == before) {
                return before;
            }
        }
        throw new AssertionError("nothing is kept");
    }

    @Test
    void anImportedFileCountsAsPartOfTheCorefile() throws IOException {
        Files.writeString(folder.resolve("zone"), "kubernetes cluster.local\n");
        try (var server = start("import zone");
                var client = new Client(server)) {
            assertThat(client.udp(CART)).startsWith("NOERROR");
            Files.writeString(folder.resolve("zone"), "kubernetes cluster.test\n");
            server.checkCorefile();
            assertThat(client.udp(CART)).startsWith("SERVFAIL");
        }
    }

    @Test
    void aCorefileThatCannotBeServedChangesNothingAndIsTriedOnce() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var server = start("kubernetes cluster.local");
                var client = new Client(server)) {
            for (var wrong : List.of(
                    "kubernets cluster.local",
                    "forward . /nowhere/resolv.conf",
                    "health 127.0.0.1:" + taken.getLocalPort(),
                    "import gone")) {
                write(wrong);
                server.checkCorefile();
                server.checkCorefile();
                assertThat(client.udp(CART)).as(wrong).startsWith("NOERROR aa: cart");
            }
            Files.delete(file);
            server.checkCorefile();
            assertThat(client.udp(CART)).startsWith("NOERROR aa: cart");
            assertThat(server.metrics()
                            .counter("coredns_reload_failed_total", "")
                            .with()
                            .sum())
                    .isEqualTo(5);
            assertThat(sources).hasSize(1);
            assertThat(sources.getFirst().closed()).isFalse();

            write("kubernetes cluster.test");
            server.checkCorefile();
            assertThat(client.udp(CART)).startsWith("SERVFAIL");
        }
    }

    @Test
    void whoAsksForAReloadGetsAnotherAttemptThoughTheCorefileHasNotChanged() throws IOException {
        try (var server = start("kubernetes cluster.local");
                var client = new Client(server)) {
            try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                write("health 127.0.0.1:" + taken.getLocalPort() + "\nkubernetes cluster.test");
                server.reloadCorefile();
                assertThat(client.udp(CART)).startsWith("NOERROR aa: cart");
            }
            server.checkCorefile();
            assertThat(client.udp(CART)).startsWith("NOERROR aa: cart");
            server.reloadCorefile();
            assertThat(client.udp(CART)).startsWith("SERVFAIL");
            server.reloadCorefile();
            assertThat(client.udp(CART)).startsWith("SERVFAIL");
            assertThat(server.metrics()
                            .counter("coredns_reload_failed_total", "")
                            .with()
                            .sum())
                    .isOne();
            assertThat(sources).hasSize(1);
        }
    }

    @Test
    void aPortThatComesIsBoundBesideTheOthersAndOneThatGoesIsFree() throws Exception {
        int first = freePort();
        int second = freePort();
        try (var server = start("kubernetes cluster.local")) {
            Files.writeString(file, block(first, "kubernetes cluster.local"));
            server.checkCorefile();
            assertThat(server.addresses()).extracting(address -> address.port()).containsExactly(first);
            Files.writeString(
                    file, block(first, "kubernetes cluster.local") + block(second, "kubernetes cluster.local"));
            server.checkCorefile();
            for (int port : List.of(first, second)) {
                assertThat(askAt(port)).as("port " + port).startsWith("NOERROR aa");
            }
            Files.writeString(file, block(second, "kubernetes cluster.local"));
            server.checkCorefile();
            assertThat(askAt(second)).startsWith("NOERROR aa");
            awaitFree(first);
        }
    }

    @Test
    void anAddressCanPassFromTheSocketOfAllAddressesToOneOfItsOwn() throws IOException {
        int port = freePort();
        try (var server = start("kubernetes cluster.local")) {
            Files.writeString(file, ".:" + port + " {\n kubernetes cluster.local\n}\n");
            server.checkCorefile();
            assertThat(askAt(port)).startsWith("NOERROR aa");
            Files.writeString(file, block(port, "kubernetes cluster.local"));
            server.checkCorefile();
            assertThat(askAt(port)).startsWith("NOERROR aa");
        }
    }

    @Test
    void aQueryThatWaitsForAnUpstreamIsAnsweredByThePluginsThatItWasPutTo() throws Exception {
        var held = new CountDownLatch(1);
        Script late = query -> {
            held.await();
            return Script.ANSWERING.replies(query);
        };
        try (var upstream = new ScriptedUpstream(late, Script.SILENT);
                var server = start("forward . 127.0.0.1:" + upstream.port());
                var client = new Client(server)) {
            client.send(Ask.query(7, "pay.example.com.", RecordType.A));
            upstream.nextAsked();
            write("kubernetes cluster.local");
            server.checkCorefile();
            held.countDown();
            assertThat(Ask.text(client.receive())).startsWith("NOERROR");
            assertThat(client.udp(CART)).startsWith("NOERROR aa");
        }
    }

    @Test
    void noQueryIsLostOrAnsweredWronglyWhileTheCorefileChangesAgainAndAgain() throws Exception {
        try (var server = start("kubernetes cluster.local {\n ttl 5\n }")) {
            var ended = new AtomicBoolean();
            var clients = List.of(asking(server, ended, false), asking(server, ended, true));
            for (int round = 0; round < 20; round++) {
                write("kubernetes cluster.local {\n ttl " + (6 + round) + "\n }\n health 127.0.0.1:0");
                server.checkCorefile();
            }
            ended.set(true);
            for (var answered : clients) {
                assertThat(answered.get(20, TimeUnit.SECONDS)).isGreaterThan(20);
            }
            assertThat(server.defects()).isZero();
        }
    }

    /// Asks without a pause; each query must be answered within five seconds. Says how many were.
    private static CompletableFuture<Integer> asking(DnsServer server, AtomicBoolean ended, boolean tcp) {
        return CompletableFuture.supplyAsync(() -> {
            try (var client = new Client(server)) {
                int answered = 0;
                while (!ended.get() || answered <= 20) {
                    assertThat(tcp ? client.tcp(CART) : client.udp(CART))
                            .isEqualTo("NOERROR aa: cart.shop.svc.cluster.local. A 10.96.0.10");
                    answered++;
                }
                return answered;
            } catch (IOException lost) {
                throw new AssertionError("a query was lost", lost);
            }
        });
    }

    private DnsServer start(String plugins) throws IOException {
        write(plugins);
        var now = new CorefileFile(file, HERE, ANY_PORT).read();
        return switch (now.read()) {
            case PlanRead.Planned(var plan) -> DnsServer.start(config(plan, now));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(problems);
        };
    }

    private DnsServerConfig config(ServerPlan plan, CorefileVersion now) {
        return new DnsServerConfig(
                plan,
                new CorefileOrigin(now.sha512(), new CorefileFile(file, HERE, ANY_PORT)::read),
                (api, limits, scope, observer) -> {
                    var source = new HandSource().bring("service shop/cart 10.96.0.10 http=80/TCP");
                    source.sync();
                    sources.add(source);
                    scopes.add(scope);
                    return source;
                },
                2,
                ListenerLimits.DEFAULT,
                new PrintStream(OutputStream.nullOutputStream()),
                Duration.ofSeconds(5));
    }

    private void write(String plugins) throws IOException {
        Files.writeString(file, ". {\n " + plugins + "\n}\n");
    }

    private static String block(int port, String plugins) {
        return ".:" + port + " {\n bind 127.0.0.1\n " + plugins + "\n}\n";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static String askAt(int port) throws IOException {
        try (var client = new Client(port)) {
            assertThat(client.tcp(CART)).startsWith("NOERROR aa");
            return client.udp(CART);
        }
    }

    /// The old plugins end behind the reload; then both transports of the port are free.
    private static void awaitFree(int port) throws Exception {
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (var tcp = new ServerSocket();
                    var udp = new DatagramSocket(null)) {
                tcp.bind(address);
                udp.bind(address);
                return;
            } catch (IOException taken) {
                assertThat(System.nanoTime())
                        .as("port " + port + " is still taken")
                        .isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }
}
