package io.waymark.dns.plugin.forward.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.HistogramFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plugin.forward.ScriptedUpstream;
import io.waymark.dns.plugin.forward.ScriptedUpstream.Script;
import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.rr.RecordType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets against servers on loopback that misbehave.
class PlainUpstreamTest {
    private static final IpAddress LOOPBACK = IpAddress.of("127.0.0.1");
    private static final Patience LONG = Patience.of(Duration.ofSeconds(10));
    private static final Patience SHORT = Patience.of(Duration.ofMillis(50));
    private static final Query QUERY = query();

    private static EventLoops loops;

    private final Metrics metrics = new Metrics();
    private final LongAdder inFlight = new LongAdder();
    private final AtomicLong later = new AtomicLong();

    @BeforeAll
    static void startLoops() {
        loops = EventLoops.start(1);
    }

    @AfterAll
    static void stopLoops() {
        loops.close();
    }

    @Test
    void aReplyIsTakenAndTheQuestionWasThatOfTheClientWithAnotherId() throws Exception {
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.SILENT)) {
            var reply = upstream(server).ask(QUERY, Way.DATAGRAM, LONG).join();
            assertThat(Ask.text(reply.octets())).isEqualTo("NOERROR ra: a.test. A 192.0.2.1");
            assertThat(reply.answers()).isOne();
            assertThat(Ask.parse(server.nextAsked()).questions()).containsExactly(QUERY.question());
            assertThat(inFlight.sum()).isZero();
            assertThat(replies("NOERROR", server.port())).isOne();
        }
    }

    @Test
    void everyQuestionHasAPortAndAnIdOfItsOwn() throws Exception {
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.SILENT)) {
            var upstream = upstream(server);
            Set<Integer> ids = new HashSet<>();
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                upstream.ask(QUERY, Way.DATAGRAM, LONG).join();
                ids.add(Ask.parse(server.nextAsked()).header().id());
                ports.add(server.nextPort());
            }
            // 20 draws out of 2^16 and out of some 2^15: more than two repetitions are no chance.
            assertThat(ids).hasSizeGreaterThan(17);
            assertThat(ports).hasSizeGreaterThan(17);
            if (loops.epoll()) {
                assertThat(count("coredns_proxy_conn_cache_misses_total", "forward", to(server), "udp"))
                        .isOne();
                assertThat(count("coredns_proxy_conn_cache_hits_total", "forward", to(server), "udp"))
                        .isEqualTo(19);
            }
        }
    }

    @Test
    void repliesToSomethingElseAreCountedAndDroppedAndTheRightOneIsWaitedFor() throws Exception {
        Script confused = query -> {
            var wrongId = ScriptedUpstream.reply(query, 0);
            wrongId[0] ^= 1;
            var wrongQuestion = ScriptedUpstream.reply(Ask.query(idOf(query), "b.test.", RecordType.A), 0);
            var noReply = query.clone();
            var cutOff = Arrays.copyOf(ScriptedUpstream.reply(query, 0), 35);
            var longer = Arrays.copyOf(ScriptedUpstream.reply(query, 0), 60);
            var right = ScriptedUpstream.reply(query, Header.AD);
            return List.of(wrongId, wrongQuestion, noReply, new byte[3], cutOff, longer, right, right);
        };
        try (var server = new ScriptedUpstream(confused, Script.SILENT)) {
            var reply = upstream(server).ask(QUERY, Way.DATAGRAM, LONG).join();
            assertThat(Ask.parse(reply.octets()).header().has(Header.AD)).isTrue();
            assertThat(count("waymark_forward_mismatched_total", to(server))).isEqualTo(4);
            assertThat(count("waymark_forward_malformed_total", to(server))).isEqualTo(2);
        }
    }

    @Test
    void aReplyFromSomebodyElseIsNotTakenThoughItHitsPortAndId() throws Exception {
        var victim = InetAddress.ofLiteral("127.0.0.1");
        var server = new AtomicReference<ScriptedUpstream>();
        Script forged = query -> {
            try (var forger = new DatagramSocket(0, victim)) {
                var reply = ScriptedUpstream.reply(query, 0);
                int port = server.get().nextPort();
                forger.send(new DatagramPacket(reply, reply.length, victim, port));
            }
            return List.of(ScriptedUpstream.reply(query, Header.AD));
        };
        try (var scripted = new ScriptedUpstream(forged, Script.SILENT)) {
            server.set(scripted);
            var reply = upstream(scripted).ask(QUERY, Way.DATAGRAM, LONG).join();
            assertThat(Ask.parse(reply.octets()).header().has(Header.AD)).isTrue();
        }
    }

    @Test
    void whatIsTruncatedWithinARecordIsTruncatedAndNoGarbage() throws Exception {
        Script cut = query -> List.of(Arrays.copyOf(ScriptedUpstream.reply(query, Header.TC), 35));
        try (var server = new ScriptedUpstream(cut, Script.SILENT)) {
            var reply = upstream(server).ask(QUERY, Way.DATAGRAM, LONG).join();
            assertThat(reply.truncated()).isTrue();
            assertThat(Ask.text(reply.octets())).isEqualTo("NOERROR ra tc");
        }
    }

    @Test
    void anErrorWithoutItsQuestionIsTaken() throws Exception {
        Script bare = query -> List.of(new byte[] {query[0], query[1], (byte) 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        try (var server = new ScriptedUpstream(bare, Script.SILENT)) {
            var reply = upstream(server).ask(QUERY, Way.DATAGRAM, LONG).join();
            assertThat(Ask.text(reply.octets())).isEqualTo("FORMERR");
            assertThat(Ask.parse(reply.octets()).questions()).containsExactly(QUERY.question());
        }
    }

    @Test
    void silenceEndsWithTheTimeout() throws IOException {
        try (var server = new ScriptedUpstream(Script.SILENT, Script.SILENT)) {
            assertThatThrownBy(() ->
                            upstream(server).ask(QUERY, Way.DATAGRAM, SHORT).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(UpstreamException.class)
                    .hasMessage("upstream 127.0.0.1:" + server.port() + "/udp: no reply within 50 ms");
            assertThat(inFlight.sum()).isZero();
        }
    }

    @Test
    void whatIsCancelledIsNotInFlightAnyMore() throws Exception {
        try (var server = new ScriptedUpstream(Script.SILENT, Script.SILENT)) {
            var upstream = upstream(server);
            for (var way : Way.values()) {
                assertThat(upstream.ask(QUERY, way, LONG).cancel(false)).isTrue();
            }
            assertThat(inFlight.sum()).isZero();
        }
    }

    @ParameterizedTest(name = "epoll: {0}")
    @ValueSource(booleans = {true, false})
    void aQuestionOnALoopThatEndsFailsAndNothingElseDoes(boolean fast) throws Exception {
        var ending = fast ? EventLoops.start(1) : EventLoops.startPortable(1);
        var loop = ending.next();
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.SILENT)) {
            var upstream = upstream(ending, Endpoint.of(LOOPBACK, server.port(), List.of()), StreamLimits.DEFAULT);
            var asked = loop.submit(() -> {
                        var _ = loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
                        return upstream.ask(QUERY, Way.DATAGRAM, LONG);
                    })
                    .get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UpstreamException.class);
            assertThat(loop.terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
            var late = upstream.ask(QUERY, Way.DATAGRAM, LONG);
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(UpstreamException.class);
            assertThat(inFlight.sum()).isZero();
            assertThat(server.askedCount()).isZero();
        } finally {
            // Its loop has ended, so that nobody can say when it is closed.
            var _ = ending.vertx().close();
        }
    }

    @Test
    void aQuestionThatIsGivenUpBeforeItsTurnIsNotSent() throws Exception {
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.SILENT)) {
            var upstream = upstream(server);
            var loop = loops.next();
            var given = loop.submit(() -> {
                        var asking = CompletableFuture.supplyAsync(() -> upstream.ask(QUERY, Way.DATAGRAM, LONG))
                                .join();
                        return asking.cancel(false);
                    })
                    .get(10, TimeUnit.SECONDS);
            assertThat(given).isTrue();
            assertThat(upstream.ask(QUERY, Way.DATAGRAM, LONG).join().answers()).isOne();
            assertThat(server.askedCount()).isOne();
            assertThat(inFlight.sum()).isZero();
        }
    }

    @Test
    void aPortThatNobodyListensOnIsKnownAtOnce() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        var upstream = upstream(port, StreamLimits.DEFAULT);
        assertThatThrownBy(() -> upstream.ask(QUERY, Way.DATAGRAM, LONG).join())
                .hasMessageEndingWith("127.0.0.1:" + port + "/udp: nobody listens there");
        assertThatThrownBy(() -> upstream.ask(QUERY, Way.STREAM, LONG).join())
                .hasMessageEndingWith("127.0.0.1:" + port + "/tcp: nobody listens there");
    }

    @Test
    void aSourceAddressIsAskedFrom() throws Exception {
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.ANSWERING)) {
            var endpoint = Endpoint.of(LOOPBACK, server.port(), List.of(IpAddress.of("127.0.0.2")));
            var upstream = upstream(endpoint, StreamLimits.DEFAULT);
            assertThat(upstream.ask(QUERY, Way.DATAGRAM, LONG).join().answers()).isOne();
            assertThat(server.lastClient()).isEqualTo("127.0.0.2");
            assertThat(upstream.ask(QUERY, Way.STREAM, LONG).join().answers()).isOne();
            assertThat(server.lastClient()).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void aReplyOverTcpMayBeAsLongAsAMessageCanBe() throws Exception {
        Script large = query -> List.of(ScriptedUpstream.longest(query));
        try (var server = new ScriptedUpstream(Script.SILENT, large)) {
            assertThat(upstream(server).ask(QUERY, Way.STREAM, LONG).join().octets())
                    .hasSize(65_535);
        }
    }

    @Test
    void aTcpConnectionThatClosesWithoutAReplyIsAFailure() throws IOException {
        try (var server = new ScriptedUpstream(Script.SILENT, Script.SILENT)) {
            assertThatThrownBy(
                            () -> upstream(server).ask(QUERY, Way.STREAM, LONG).join())
                    .hasMessageEndingWith("/tcp: it closed the connection without a reply");
        }
    }

    @Test
    void aConnectionIsUsedAgainUntilItIsTooOld() throws IOException {
        try (var server = new StreamServer(Integer.MAX_VALUE)) {
            var upstream = upstream(server.port(), new StreamLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), 0));
            for (int i = 0; i < 3; i++) {
                assertThat(upstream.ask(QUERY, Way.STREAM, LONG).join().answers())
                        .isOne();
            }
            assertThat(server.connections.get()).isOne();
            later.addAndGet(Duration.ofSeconds(61).toNanos());
            upstream.ask(QUERY, Way.STREAM, LONG).join();
            assertThat(server.connections.get()).isEqualTo(2);
            var labels = new String[] {"forward", "127.0.0.1:" + server.port(), "tcp"};
            assertThat(count("coredns_proxy_conn_cache_hits_total", labels)).isEqualTo(2);
            assertThat(count("coredns_proxy_conn_cache_misses_total", labels)).isEqualTo(2);
        }
    }

    @Test
    void withoutAnExpiryNoConnectionIsKept() throws IOException {
        try (var server = new StreamServer(Integer.MAX_VALUE)) {
            var upstream = upstream(server.port(), new StreamLimits(Duration.ZERO, Duration.ZERO, 0));
            upstream.ask(QUERY, Way.STREAM, LONG).join();
            upstream.ask(QUERY, Way.STREAM, LONG).join();
            assertThat(server.connections.get()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheUpstreamHadClosedCostsNoQuestion() throws IOException {
        try (var server = new StreamServer(1)) {
            var upstream = upstream(server.port(), StreamLimits.DEFAULT);
            for (int i = 0; i < 5; i++) {
                assertThat(upstream.ask(QUERY, Way.STREAM, LONG).join().answers())
                        .isOne();
            }
            assertThat(server.connections.get()).isEqualTo(5);
        }
    }

    /// Answers over TCP, on each connection so many questions and then no more.
    private static final class StreamServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        private final AtomicInteger connections = new AtomicInteger();

        StreamServer(int questionsMax) throws IOException {
            Thread.ofVirtual().start(() -> accept(questionsMax));
        }

        int port() {
            return socket.getLocalPort();
        }

        private void accept(int questionsMax) {
            while (!socket.isClosed()) {
                try {
                    var connection = socket.accept();
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try (connection) {
                            var in = new DataInputStream(connection.getInputStream());
                            var out = new DataOutputStream(connection.getOutputStream());
                            for (int i = 0; i < questionsMax; i++) {
                                var reply = ScriptedUpstream.reply(in.readNBytes(in.readUnsignedShort()), 0);
                                out.writeShort(reply.length);
                                out.write(reply);
                            }
                        } catch (IOException gone) {
                            // The client has closed it.
                        }
                    });
                } catch (IOException closed) {
                    // The loop's condition ends it.
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private long count(String name, String... labels) {
        return metrics.families().stream()
                .filter(family -> family.name().equals(name))
                .map(CounterFamily.class::cast)
                .mapToLong(family -> family.with(labels).sum())
                .sum();
    }

    private long replies(String rcode, int port) {
        return metrics.families().stream()
                .filter(HistogramFamily.class::isInstance)
                .map(HistogramFamily.class::cast)
                .mapToLong(family -> Arrays.stream(family.with("forward", "127.0.0.1:" + port, rcode)
                                .counts())
                        .sum())
                .sum();
    }

    private static String to(ScriptedUpstream server) {
        return "127.0.0.1:" + server.port();
    }

    private static int idOf(byte[] query) {
        return (query[0] & 0xff) << 8 | query[1] & 0xff;
    }

    private PlainUpstream upstream(ScriptedUpstream server) {
        return upstream(server.port(), StreamLimits.DEFAULT);
    }

    private PlainUpstream upstream(int port, StreamLimits limits) {
        return upstream(Endpoint.of(LOOPBACK, port, List.of()), limits);
    }

    private PlainUpstream upstream(Endpoint endpoint, StreamLimits limits) {
        return upstream(loops, endpoint, limits);
    }

    private PlainUpstream upstream(EventLoops on, Endpoint endpoint, StreamLimits limits) {
        return new PlainUpstream(
                on,
                endpoint,
                limits,
                new UpstreamMetrics(metrics, endpoint.name(), inFlight),
                new SecureRandom(),
                () -> System.nanoTime() + later.get());
    }

    private static Query query() {
        var octets = Ask.query(7, "a.test.", RecordType.A, 1232);
        return (Query) Query.parse(octets, 0, octets.length);
    }
}
