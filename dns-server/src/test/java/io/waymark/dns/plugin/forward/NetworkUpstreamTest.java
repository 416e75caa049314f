package io.waymark.dns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plugin.forward.ScriptedUpstream.Script;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.rr.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A real socket against a server on loopback that misbehaves.
class NetworkUpstreamTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Query QUERY = query();

    private static EventLoops loops;

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
            var reply = upstream(server).askUdp(QUERY, LONG).join();
            assertThat(Ask.text(reply)).isEqualTo("NOERROR ra: a.test. A 192.0.2.1");
            assertThat(Ask.parse(server.nextAsked()).questions()).containsExactly(QUERY.question());
        }
    }

    @Test
    void everyQuestionHasAPortAndAnIdOfItsOwn() throws Exception {
        try (var server = new ScriptedUpstream(Script.ANSWERING, Script.SILENT)) {
            var upstream = upstream(server);
            Set<Integer> ids = new HashSet<>();
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                upstream.askUdp(QUERY, LONG).join();
                ids.add(Ask.parse(server.nextAsked()).header().id());
                ports.add(server.nextPort());
            }
            // 20 draws out of 2^16 and out of some 2^15: more than two repetitions are no chance.
            assertThat(ids).hasSizeGreaterThan(17);
            assertThat(ports).hasSizeGreaterThan(17);
        }
    }

    @Test
    void repliesToSomethingElseAreDroppedAndTheRightOneIsWaitedFor() throws Exception {
        Script confused = query -> {
            var wrongId = ScriptedUpstream.reply(query, 0);
            wrongId[0] ^= 1;
            var wrongQuestion = ScriptedUpstream.reply(Ask.query(idOf(query), "b.test.", RecordType.A), 0);
            var noReply = query.clone();
            return List.of(wrongId, wrongQuestion, noReply, new byte[3], ScriptedUpstream.reply(query, Header.AD));
        };
        try (var server = new ScriptedUpstream(confused, Script.SILENT)) {
            var reply = upstream(server).askUdp(QUERY, LONG).join();
            assertThat(Ask.parse(reply).header().has(Header.AD)).isTrue();
        }
    }

    @Test
    void silenceEndsWithTheTimeout() throws IOException {
        try (var server = new ScriptedUpstream(Script.SILENT, Script.SILENT)) {
            assertThatThrownBy(() -> upstream(server).askUdp(QUERY, SHORT).join())
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(UpstreamException.class)
                    .hasMessage("upstream 127.0.0.1:" + server.port() + "/udp: no reply within 50 ms");
        }
    }

    @Test
    void aPortThatNobodyListensOnIsKnownAtOnce() throws IOException {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = gone.getLocalPort();
        }
        var upstream = new NetworkUpstream(loops, new InetSocketAddress("127.0.0.1", port), new SecureRandom());
        assertThatThrownBy(() -> upstream.askUdp(QUERY, LONG).join())
                .hasMessageEndingWith("127.0.0.1:" + port + "/udp: nobody listens there");
        assertThatThrownBy(() -> upstream.askTcp(QUERY, LONG).join())
                .hasMessageEndingWith("127.0.0.1:" + port + "/tcp: nobody listens there");
    }

    @Test
    void aReplyOverTcpMayBeAsLongAsAMessageCanBe() throws Exception {
        Script large = query -> {
            var reply = java.util.Arrays.copyOf(ScriptedUpstream.reply(query, 0), 65_535);
            return List.of(reply);
        };
        try (var server = new ScriptedUpstream(Script.SILENT, large)) {
            assertThat(upstream(server).askTcp(QUERY, LONG).join()).hasSize(65_535);
        }
    }

    @Test
    void aTcpConnectionThatClosesWithoutAReplyIsAFailure() throws IOException {
        try (var server = new ScriptedUpstream(Script.SILENT, Script.SILENT)) {
            assertThatThrownBy(() -> upstream(server).askTcp(QUERY, LONG).join())
                    .hasMessageEndingWith("/tcp: it closed the connection without a reply");
        }
    }

    private static int idOf(byte[] query) {
        return (query[0] & 0xff) << 8 | query[1] & 0xff;
    }

    private static NetworkUpstream upstream(ScriptedUpstream server) {
        return new NetworkUpstream(loops, server.address(), new SecureRandom());
    }

    private static Query query() {
        var octets = Ask.query(7, "a.test.", RecordType.A, 1232);
        return (Query) Query.parse(octets, 0, octets.length);
    }
}
