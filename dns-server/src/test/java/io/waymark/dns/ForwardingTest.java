package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.forward.ScriptedUpstream;
import io.waymark.dns.plugin.forward.ScriptedUpstream.Script;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.message.Edns;
import io.waymark.records.rr.RecordType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A whole server in front of an upstream, over real sockets.
class ForwardingTest {
    @Test
    void clientsWhoAskTheSameShareOneQuestionAndEachHasItsOwnReply() throws Exception {
        var held = new CountDownLatch(1);
        Script late = query -> {
            held.await();
            return Script.ANSWERING.replies(query);
        };
        try (var upstream = new ScriptedUpstream(late, Script.SILENT);
                var server = start("forward . 127.0.0.1:" + upstream.port());
                var one = new Client(server);
                var two = new Client(server);
                var three = new Client(server)) {
            one.send(Ask.query(1, "a.test.", RecordType.A));
            upstream.nextAsked();
            two.send(mixedCase(Ask.query(2, "a.test.", RecordType.A)));
            three.send(Ask.query(3, "a.test.", RecordType.A, 1232));
            // A question that is answered without the upstream comes behind them on each socket's loop.
            for (var client : List.of(two, three)) {
                client.send(Ask.query(9, "other.", RecordType.A));
                assertThat(Ask.parse(client.receive()).header().id()).isEqualTo(9);
            }
            held.countDown();

            assertThat(Ask.parse(one.receive()).header().id()).isEqualTo(1);
            var second = two.receive();
            assertThat(Ask.parse(second).header().id()).isEqualTo(2);
            assertThat(new String(second, StandardCharsets.ISO_8859_1)).contains("\u0001A\u0004TEST");
            var third = Ask.parse(three.receive());
            assertThat(third.header().id()).isEqualTo(3);
            assertThat(third.edns()).map(Edns::udpSize).contains(1232);
            assertThat(upstream.askedCount()).as("questions beside the first").isZero();
            assertThat(server.defects()).isZero();
        }
    }

    @Test
    void theNextForwardIsAskedAboutWhatTheFirstDoesNotKnow() throws Exception {
        Script refusing = query -> {
            var reply = ScriptedUpstream.reply(query, 0);
            reply[3] |= 5;
            return List.of(reply);
        };
        try (var first = new ScriptedUpstream(refusing, Script.SILENT);
                var second = new ScriptedUpstream(Script.ANSWERING, Script.SILENT);
                var server = start("forward . 127.0.0.1:%d {\n next REFUSED\n }\n forward . 127.0.0.1:%d"
                        .formatted(first.port(), second.port()));
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(1, "a.test.", RecordType.A))).startsWith("NOERROR ra: a.test. A");
        }
    }

    @Test
    void anUpstreamIsFoundByItsNameAtTheResolverOfTheCorefile() throws Exception {
        try (var resolver = new ScriptedUpstream(Script.ANSWERING, Script.SILENT);
                var server =
                        start("forward . dns.a.test:5399 {\n resolver 127.0.0.1:%d\n }".formatted(resolver.port()))) {
            assertThat(Ask.parse(resolver.nextAsked())
                            .questions()
                            .getFirst()
                            .name()
                            .toString())
                    .isEqualTo("dns.a.test.");
            assertThat(server.defects()).isZero();
        }
    }

    /// The name of a query in upper case, of which there is no other octet above `a`.
    private static byte[] mixedCase(byte[] query) {
        for (int i = 12; i < query.length; i++) {
            query[i] = query[i] >= 'a' && query[i] <= 'z' ? (byte) (query[i] - 32) : query[i];
        }
        return query;
    }

    private static DnsServer start(String lines) throws IOException {
        var corefile = "test {\n bind 127.0.0.1\n " + lines + "\n}";
        return switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(DnsServerConfig.of(
                        plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> new HandSource()));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }
}
