package io.waymark.dns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plugin.forward.ForwardConfig.Policy;
import io.waymark.dns.plugin.forward.ForwardConfig.Protocol;
import io.waymark.records.message.Query;
import io.waymark.records.rr.RecordType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Upstreams that do as they are told, in a time that goes on when the test says so.
class ForwarderTest {
    private static final byte[] REPLY = new byte[12];
    private static final byte[] TRUNCATED = {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final AtomicLong now = new AtomicLong();
    private final HandUpstream one = new HandUpstream("one");
    private final HandUpstream two = new HandUpstream("two");
    private final HandUpstream three = new HandUpstream("three");

    /// Keeps every question until a test decides about it.
    private static final class HandUpstream implements Upstream {
        private final String name;
        private final List<Pending> pending = new ArrayList<>();

        record Pending(Query query, boolean tcp, Duration timeout, CompletableFuture<byte[]> reply) {}

        HandUpstream(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public CompletableFuture<byte[]> askUdp(Query query, Duration timeout) {
            return ask(new Pending(query, false, timeout, new CompletableFuture<>()));
        }

        @Override
        public CompletableFuture<byte[]> askTcp(Query query, Duration timeout) {
            return ask(new Pending(query, true, timeout, new CompletableFuture<>()));
        }

        private CompletableFuture<byte[]> ask(Pending question) {
            pending.add(question);
            return question.reply();
        }

        Pending next() {
            return pending.removeFirst();
        }

        void reply(byte[] octets) {
            next().reply().complete(octets);
        }

        void fail() {
            next().reply().completeExceptionally(new UpstreamException("upstream " + name + ": no reply"));
        }
    }

    @Test
    void theReplyOfAnUpstreamIsPassedOn() {
        var result = forwarder(Policy.SEQUENTIAL, one).ask(query("a.test."), false);
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(new ForwardResult.Replied(REPLY));
    }

    @Test
    void theNextUpstreamIsAskedIfOneFails() {
        var result = forwarder(Policy.SEQUENTIAL, one, two).ask(query("a.test."), false);
        assertThat(two.pending).isEmpty();
        one.fail();
        two.reply(REPLY);
        assertThat(result.join()).isEqualTo(new ForwardResult.Replied(REPLY));
    }

    @Test
    void eachIsAskedTwiceAndThenTheLastReasonIsGiven() {
        var result = forwarder(Policy.SEQUENTIAL, one, two).ask(query("a.test."), false);
        for (var upstream : List.of(one, two, one, two)) {
            upstream.fail();
        }
        assertThat(result.join()).isEqualTo(new ForwardResult.NoReply("upstream two: no reply"));
    }

    @Test
    void noUpstreamIsWaitedForLongerThanTheDeadlineLeaves() {
        var result = forwarder(Policy.SEQUENTIAL, one, two, three).ask(query("a.test."), false);
        assertThat(one.pending.getFirst().timeout()).isEqualTo(Duration.ofSeconds(2));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        one.fail();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        two.fail();
        assertThat(three.pending.getFirst().timeout()).isEqualTo(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        three.fail();
        assertThat(result.join()).isEqualTo(new ForwardResult.NoReply("upstream three: no reply"));
        assertThat(one.pending).isEmpty();
    }

    @Test
    void roundRobinBeginsWithEachInTurn() {
        var forwarder = forwarder(Policy.ROUND_ROBIN, one, two);
        forwarder.ask(query("a.test."), false);
        forwarder.ask(query("b.test."), false);
        forwarder.ask(query("c.test."), false);
        assertThat(one.pending).hasSize(2);
        assertThat(two.pending).hasSize(1);
    }

    @Test
    void randomAsksEverybodyAboutAsOften() {
        var forwarder = forwarder(Policy.RANDOM, one, two);
        for (int i = 0; i < 1_000; i++) {
            forwarder.ask(query("n" + i + ".test."), false);
        }
        assertThat(one.pending).hasSizeBetween(400, 600);
        assertThat(two.pending).hasSize(1_000 - one.pending.size());
    }

    @Test
    void questionsThatAreEqualWhileOneIsInFlightShareItsReply() {
        var forwarder = forwarder(Policy.SEQUENTIAL, one);
        var first = forwarder.ask(query(1, "a.test."), false);
        var second = forwarder.ask(query(2, "a.test."), false);
        var other = forwarder.ask(query(3, "b.test."), false);
        assertThat(one.pending).hasSize(2);
        assertThat(forwarder.inFlight()).isEqualTo(3);
        one.reply(REPLY);
        assertThat(first.join()).isEqualTo(second.join());
        assertThat(other).isNotDone();

        forwarder.ask(query(4, "a.test."), false);
        assertThat(one.pending).as("nothing is kept after the reply").hasSize(2);
    }

    @Test
    void overTheBoundAQuestionIsRefusedAndOneThatEndsMakesRoom() {
        var forwarder = forwarder(config(Policy.SEQUENTIAL, Protocol.AS_ASKED, 2), one);
        var first = forwarder.ask(query("a.test."), false);
        forwarder.ask(query("a.test."), false);
        assertThat(forwarder.ask(query("c.test."), false).join()).isEqualTo(new ForwardResult.TooMany());
        one.reply(REPLY);
        assertThat(first).isDone();
        assertThat(forwarder.ask(query("c.test."), false)).isNotDone();
        assertThat(forwarder.inFlight()).isOne();
    }

    @Test
    void aTruncatedReplyIsAskedForAgainOverTcp() {
        var result = forwarder(Policy.SEQUENTIAL, one).ask(large("a.test."), false);
        one.reply(TRUNCATED);
        assertThat(one.pending.getFirst().tcp()).isTrue();
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(new ForwardResult.Replied(REPLY));
    }

    @Test
    void aTruncatedReplyIsPassedOnIfTcpFailsOrTheClientCouldNotTakeMore() {
        var forwarder = forwarder(Policy.SEQUENTIAL, one);
        var result = forwarder.ask(large("a.test."), false);
        one.reply(TRUNCATED);
        one.fail();
        assertThat(result.join()).isEqualTo(new ForwardResult.Replied(TRUNCATED));

        var small = forwarder.ask(query("a.test."), false);
        one.reply(TRUNCATED);
        assertThat(small.join()).isEqualTo(new ForwardResult.Replied(TRUNCATED));
    }

    @Test
    void aClientOverTcpIsAskedForOverTcpUnlessUdpIsPreferred() {
        forwarder(config(Policy.SEQUENTIAL, Protocol.AS_ASKED, 9), one).ask(query("a.test."), true);
        assertThat(one.next().tcp()).isTrue();
        forwarder(config(Policy.SEQUENTIAL, Protocol.PREFER_UDP, 9), one).ask(query("a.test."), true);
        assertThat(one.next().tcp()).isFalse();
        forwarder(config(Policy.SEQUENTIAL, Protocol.FORCE_TCP, 9), one).ask(query("a.test."), false);
        assertThat(one.next().tcp()).isTrue();
    }

    @Test
    void anUpstreamThatFailsIsProbedAndLeftOutWhileItsProbesFail() {
        var forwarder = forwarder(Policy.SEQUENTIAL, one, two);
        forwarder.probe();
        assertThat(one.pending).as("nobody is probed without a reason").isEmpty();

        forwarder.ask(query("a.test."), false);
        one.fail();
        two.reply(REPLY);
        for (int probe = 0; probe < 3; probe++) {
            assertThat(forwarder.down()).isEmpty();
            forwarder.probe();
            forwarder.probe(); // the first is still under way
            assertThat(one.pending).hasSize(1);
            assertThat(one.pending.getFirst().query().question().type()).isEqualTo(RecordType.NS);
            one.fail();
        }
        assertThat(forwarder.down()).containsExactly("one");
        forwarder.ask(query("b.test."), false);
        assertThat(one.pending).isEmpty();
        two.reply(REPLY);

        forwarder.probe();
        one.reply(REPLY);
        assertThat(forwarder.down()).isEmpty();
        forwarder.ask(query("c.test."), false);
        assertThat(one.pending).hasSize(1);
    }

    @Test
    void ifAllAreDownTheyAreAskedNevertheless() {
        var forwarder = forwarder(Policy.SEQUENTIAL, one);
        forwarder.ask(query("a.test."), false);
        one.fail();
        one.fail();
        for (int probe = 0; probe < 3; probe++) {
            forwarder.probe();
            one.fail();
        }
        assertThat(forwarder.down()).containsExactly("one");
        var result = forwarder.ask(query("a.test."), false);
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(new ForwardResult.Replied(REPLY));
    }

    private Forwarder forwarder(Policy policy, Upstream... upstreams) {
        return forwarder(config(policy, Protocol.AS_ASKED, 4_096), upstreams);
    }

    private Forwarder forwarder(ForwardConfig config, Upstream... upstreams) {
        return new Forwarder(config, Arrays.asList(upstreams), now::get, new SplittableRandom(7));
    }

    private static ForwardConfig config(Policy policy, Protocol protocol, int concurrentMax) {
        return new ForwardConfig(
                policy,
                protocol,
                ForwardConfig.Probe.DEFAULT,
                2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                concurrentMax);
    }

    private static Query query(String name) {
        return query(7, name);
    }

    private static Query query(int id, String name) {
        return parse(Ask.query(id, name, RecordType.A));
    }

    private static Query large(String name) {
        return parse(Ask.query(7, name, RecordType.A, 4096));
    }

    private static Query parse(byte[] octets) {
        return (Query) Query.parse(octets, 0, octets.length);
    }
}
