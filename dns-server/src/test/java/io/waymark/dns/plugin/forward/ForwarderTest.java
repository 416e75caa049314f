package io.waymark.dns.plugin.forward;

import static io.waymark.dns.plugin.forward.HandUpstream.REPLY;
import static io.waymark.dns.plugin.forward.HandUpstream.TRUNCATED;
import static io.waymark.dns.plugin.forward.HandUpstream.parse;
import static io.waymark.dns.plugin.forward.HandUpstream.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plugin.forward.ForwardOptions.Attempts;
import io.waymark.dns.plugin.forward.ForwardOptions.Choice;
import io.waymark.dns.plugin.forward.ForwardOptions.Policy;
import io.waymark.dns.plugin.forward.ForwardOptions.Protocol;
import io.waymark.dns.plugin.forward.ForwardOptions.Travel;
import io.waymark.dns.plugin.forward.ForwardResult.NoReply;
import io.waymark.dns.plugin.forward.ForwardResult.Replied;
import io.waymark.dns.plugin.forward.ForwardResult.TooMany;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Received.Matched;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Upstreams that do as they are told, in a time that goes on when the test says so.
class ForwarderTest {
    private static final int SMALL = 512;
    private static final int LARGE = 4096;

    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> checksToCome = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private final HandUpstream one = new HandUpstream("one", metrics);
    private final HandUpstream two = new HandUpstream("two", metrics);
    private final HandUpstream three = new HandUpstream("three", metrics);

    @Test
    void theReplyOfAnUpstreamIsPassedOn() {
        var result = ask(forwarder(one), "a.test.");
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(replied(REPLY));
    }

    @Test
    void theNextUpstreamIsAskedIfOneFails() {
        var result = ask(forwarder(one, two), "a.test.");
        assertThat(two.pending).isEmpty();
        one.fail();
        two.reply(REPLY);
        assertThat(result.join()).isEqualTo(replied(REPLY, "two"));
    }

    @Test
    void eachIsAskedTwiceAndThenTheLastReasonIsGiven() {
        var result = ask(forwarder(unchecked(), one, two), "a.test.");
        for (var upstream : List.of(one, two, one, two)) {
            upstream.fail();
        }
        assertThat(result.join()).isEqualTo(new NoReply("upstream two: no reply"));
    }

    @Test
    void soManyFailAsMaxConnectAttemptsSays() {
        var forwarder = forwarder(attempts(unchecked(), 3), one, two);
        var result = ask(forwarder, "a.test.");
        for (var upstream : List.of(one, two, one)) {
            assertThat(result).isNotDone();
            upstream.fail();
        }
        assertThat(result.join()).isEqualTo(new NoReply("upstream one: no reply"));
    }

    @Test
    void evenWithoutABoundAnUpstreamThatRefusesIsNotAskedForEver() {
        var result = ask(forwarder(attempts(unchecked(), 0), one), "a.test.");
        for (int i = 0; i < 64; i++) {
            assertThat(result).isNotDone();
            one.fail();
        }
        assertThat(result).isDone();
    }

    @Test
    void noUpstreamIsWaitedForLongerThanTheDeadlineLeaves() {
        var result = ask(forwarder(unchecked(), one, two, three), "a.test.");
        assertThat(one.pending.getFirst().patience().read()).isEqualTo(Duration.ofSeconds(2));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        one.fail();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        two.fail();
        assertThat(three.pending.getFirst().patience().read()).isEqualTo(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        three.fail();
        assertThat(result.join()).isEqualTo(new NoReply("upstream three: no reply"));
        assertThat(one.pending).isEmpty();
    }

    @Test
    void aLongReadTimeoutMovesTheDeadline() {
        var options = ForwardOptions.DEFAULT;
        var patient = new Travel(
                Protocol.AS_CLIENT,
                Duration.ofSeconds(30),
                options.travel().streams(),
                options.travel().source());
        ask(forwarder(with(options, patient), one), "a.test.");
        assertThat(one.pending.getFirst().patience().read()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void roundRobinBeginsWithEachInTurn() {
        var forwarder = forwarder(policy(Policy.ROUND_ROBIN), one, two);
        List.of("a.test.", "b.test.", "c.test.").forEach(name -> ask(forwarder, name));
        assertThat(one.pending).hasSize(2);
        assertThat(two.pending).hasSize(1);
    }

    @Test
    void randomAsksEverybodyAboutAsOften() {
        var forwarder = forwarder(policy(Policy.RANDOM), one, two);
        for (int i = 0; i < 1_000; i++) {
            ask(forwarder, "n" + i + ".test.");
        }
        assertThat(one.pending).hasSizeBetween(400, 600);
        assertThat(two.pending).hasSize(1_000 - one.pending.size());
    }

    @Test
    void aCodeOfFailoverIsAsGoodAsNoReplyWhileThereIsAnotherUpstream() {
        var choice = new Choice(Policy.SEQUENTIAL, Attempts.TWICE_EACH, List.of(Rcode.SERVFAIL, Rcode.REFUSED), false);
        var forwarder = forwarder(with(ForwardOptions.DEFAULT, choice), one, two);
        var better = ask(forwarder, "a.test.");
        one.reply(Rcode.SERVFAIL);
        two.reply(REPLY);
        assertThat(better.join()).isEqualTo(replied(REPLY, "two"));

        var none = ask(forwarder, "b.test.");
        one.reply(Rcode.SERVFAIL);
        two.reply(Rcode.REFUSED);
        assertThat(none.join())
                .isInstanceOfSatisfying(
                        Replied.class, last -> assertThat(last.reply().rcode()).isEqualTo(Rcode.REFUSED));

        var other = ask(forwarder, "c.test.");
        one.reply(Rcode.NXDOMAIN);
        assertThat(other).isDone();
        assertThat(one.pending).isEmpty();
    }

    @Test
    void equalQuestionsShareOneWhileItIsInFlight() {
        var forwarder = forwarder(one);
        var first = ask(forwarder, parse(Ask.query(1, "a.test.", RecordType.A)), Way.DATAGRAM, View.ALL, SMALL);
        var second = ask(forwarder, parse(Ask.query(2, "A.TEST.", RecordType.A)), Way.DATAGRAM, View.ALL, SMALL);
        var withEdns = ask(forwarder, parse(Ask.query(3, "a.test.", RecordType.A, 1232)), Way.DATAGRAM, View.ALL, 1232);
        assertThat(one.pending).hasSize(1);
        assertThat(forwarder.underWay()).isEqualTo(3);
        one.reply(REPLY);
        assertThat(List.of(first.join(), second.join(), withEdns.join())).containsOnly(replied(REPLY));
        assertThat(count("waymark_forward_shared_total")).isEqualTo(2);
        assertThat(forwarder.underWay()).isZero();

        ask(forwarder, "a.test.");
        assertThat(one.pending).as("nothing is kept after the reply").hasSize(1);
    }

    @Test
    void whatCouldBeAnsweredOtherwiseIsAskedApart() {
        var forwarder = forwarder(one);
        var name = DomainName.of("a.test.");
        var plain = new Question(name, RecordType.A, 1);
        var dnssec = Optional.of(new Edns(1232, 0, true, List.of()));
        var subnet = Optional.of(new Edns(1232, 0, false, List.of(new Edns.Option(8, new byte[] {0, 1, 0, 0}))));
        var queries = List.of(
                Ask.query(1, Header.RD, plain, Optional.empty()),
                Ask.query(1, Header.RD, new Question(name, RecordType.AAAA, 1), Optional.empty()),
                Ask.query(1, Header.RD, new Question(name, RecordType.A, 3), Optional.empty()),
                Ask.query(1, 0, plain, Optional.empty()),
                Ask.query(1, Header.RD | Header.CD, plain, Optional.empty()),
                Ask.query(1, Header.RD, plain, dnssec),
                Ask.query(1, Header.RD, plain, subnet));
        queries.forEach(query -> ask(forwarder, parse(query), Way.DATAGRAM, View.ALL, SMALL));
        ask(forwarder, parse(queries.getFirst()), Way.STREAM, View.ALL, LARGE);
        assertThat(one.pending).hasSize(queries.size() + 1);
        assertThat(count("waymark_forward_shared_total")).isZero();
    }

    @Test
    void overMaxConcurrentAQuestionIsRefusedAndOneThatEndsMakesRoom() {
        var forwarder = forwarder(concurrent(2), one);
        var first = ask(forwarder, "a.test.");
        ask(forwarder, "b.test.");
        assertThat(ask(forwarder, "c.test.").join()).isEqualTo(new TooMany(2));
        assertThat(count("coredns_forward_max_concurrent_rejects_total")).isOne();
        one.reply(REPLY);
        assertThat(first).isDone();
        assertThat(ask(forwarder, "c.test.")).isNotDone();
        assertThat(forwarder.underWay()).isEqualTo(2);
    }

    @Test
    void withoutMaxConcurrentTheOldestQuestionMakesRoomForTheNewest() {
        var forwarder = forwarder(one);
        var asked = new ArrayList<CompletableFuture<ForwardResult>>();
        for (int i = 0; i < Forwarder.UNDER_WAY_MAX; i++) {
            asked.add(ask(forwarder, "n" + i + ".test."));
        }
        assertThat(asked).noneMatch(CompletableFuture::isDone);
        var newest = ask(forwarder, "newest.test.");
        assertThat(asked.getFirst().join())
                .isInstanceOfSatisfying(
                        NoReply.class,
                        shed -> assertThat(shed.reason())
                                .startsWith("given up, as the oldest of more than 4096 forwarded questions under way"));
        assertThat(asked.subList(1, asked.size())).noneMatch(CompletableFuture::isDone);
        assertThat(forwarder.underWay()).isEqualTo(Forwarder.UNDER_WAY_MAX);
        assertThat(count("waymark_forward_shed_total")).isOne();
        assertThat(one.next().reply())
                .as("what nobody waits for holds no socket")
                .isCancelled();
        assertThat(one.pending)
                .as("nor is it asked again, or its upstream checked")
                .hasSize(Forwarder.UNDER_WAY_MAX);
        one.pending.get(Forwarder.UNDER_WAY_MAX - 1).reply().complete(REPLY);
        assertThat(newest).isCompletedWithValue(replied(REPLY));
    }

    @Test
    void aTruncatedReplyIsAskedForAgainOverTcp() {
        var result = ask(forwarder(one), query("a.test."), Way.DATAGRAM, View.ALL, LARGE);
        one.reply(TRUNCATED);
        assertThat(one.pending.getFirst().way()).isEqualTo(Way.STREAM);
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(replied(REPLY));
    }

    @Test
    void aTruncatedReplyIsPassedOnIfTcpFailsOrNoClientCouldTakeMore() {
        var forwarder = forwarder(one);
        var result = ask(forwarder, query("a.test."), Way.DATAGRAM, View.ALL, LARGE);
        one.reply(TRUNCATED);
        one.fail();
        assertThat(result.join()).isEqualTo(replied(TRUNCATED));

        var small = ask(forwarder, "a.test.");
        one.reply(TRUNCATED);
        assertThat(small.join()).isEqualTo(replied(TRUNCATED));

        var shared = ask(forwarder, "a.test.");
        ask(forwarder, query("a.test."), Way.DATAGRAM, View.ALL, LARGE);
        one.reply(TRUNCATED);
        assertThat(shared).as("one of those who wait can take more").isNotDone();
    }

    @Test
    void aClientOverTcpIsAskedForOverTcpUnlessUdpIsPreferred() {
        ask(forwarder(protocol(Protocol.AS_CLIENT), one), query("a.test."), Way.STREAM, View.ALL, LARGE);
        assertThat(one.next().way()).isEqualTo(Way.STREAM);
        ask(forwarder(protocol(Protocol.FORCE_TCP), one), "a.test.");
        assertThat(one.next().way()).isEqualTo(Way.STREAM);
        ask(forwarder(protocol(Protocol.PREFER_UDP), one), query("a.test."), Way.STREAM, View.ALL, 65_535);
        assertThat(one.pending.getFirst().way()).isEqualTo(Way.DATAGRAM);
        one.reply(TRUNCATED);
        assertThat(one.next().way()).isEqualTo(Way.STREAM);
    }

    @Test
    void anUpstreamThatFailsIsCheckedAtOnceAndLeftOutWhileItsChecksFail() {
        var forwarder = forwarder(one, two);
        var result = ask(forwarder, "a.test.");
        one.fail();
        two.reply(REPLY);
        assertThat(result).isDone();
        for (int check = 0; check < 3; check++) {
            assertThat(one.pending).hasSize(1);
            assertThat(one.pending.getFirst().query().question().type()).isEqualTo(RecordType.NS);
            assertThat(one.pending.getFirst().query().header().has(Header.RD)).isTrue();
            one.fail();
            assertThat(checksToCome).hasSize(1);
            if (check < 2) {
                checksToCome.removeFirst().run();
            }
        }
        assertThat(count("coredns_proxy_healthcheck_failures_total", "forward", "one"))
                .isEqualTo(3);
        ask(forwarder, "b.test.");
        assertThat(one.pending).isEmpty();
        two.reply(REPLY);

        checksToCome.removeFirst().run();
        one.reply(Rcode.REFUSED);
        assertThat(checksToCome).as("any reply will do, and ends the checks").isEmpty();
        ask(forwarder, "c.test.");
        assertThat(one.pending).hasSize(1);
    }

    @Test
    void ifAllAreDownTheyAreAskedNevertheless() {
        var forwarder = forwarder(one);
        takeDown(forwarder);
        var result = ask(forwarder, "b.test.");
        one.reply(REPLY);
        assertThat(result.join()).isEqualTo(replied(REPLY));
        assertThat(count("coredns_forward_healthcheck_broken_total")).isOne();
    }

    @Test
    void ifAllAreDownNobodyIsAskedWhereThatIsToFailFast() {
        var choice = new Choice(Policy.SEQUENTIAL, Attempts.TWICE_EACH, List.of(), true);
        var forwarder = forwarder(with(ForwardOptions.DEFAULT, choice), one);
        takeDown(forwarder);
        assertThat(ask(forwarder, "b.test.").join()).isInstanceOf(NoReply.class);
        assertThat(one.pending).isEmpty();
    }

    private void takeDown(Forwarder forwarder) {
        ask(forwarder, "down.test.");
        one.fail(); // the question; its check is behind its second attempt
        while (one.pending.size() > 1) {
            one.fail();
        }
        one.fail();
        while (checksToCome.size() > 0 && count("coredns_proxy_healthcheck_failures_total", "forward", "one") < 3) {
            checksToCome.removeFirst().run();
            one.fail();
        }
    }

    @Test
    void withMaxFailsZeroNothingIsChecked() {
        ask(forwarder(unchecked(), one), "a.test.");
        one.fail();
        assertThat(one.pending).as("the second attempt, and no check").hasSize(1);
    }

    @Test
    void anUpstreamThatIsBarredIsNotAskedAndTheReasonIsGivenWhereNoOtherIsLeft() {
        var forwarder = forwarder(one, two);
        forwarder.members().getFirst().bar("it leads back here");
        ask(forwarder, "a.test.");
        assertThat(one.pending).isEmpty();
        assertThat(two.pending).hasSize(1);
        forwarder.members().getLast().bar("so does the other");
        assertThat(ask(forwarder, "b.test.").join()).isEqualTo(new NoReply("it leads back here"));
        forwarder.members().getFirst().bar("");
        assertThat(ask(forwarder, "c.test.")).isNotDone();
    }

    @Test
    void itsEndClosesTheUpstreamsAndEndsTheChecks() {
        var forwarder = forwarder(one);
        ask(forwarder, "a.test.");
        one.fail();
        one.fail();
        forwarder.close();
        checksToCome.forEach(Runnable::run);
        assertThat(one.pending).hasSizeLessThanOrEqualTo(1);
        assertThat(one.closed()).isTrue();
    }

    private static ForwardResult replied(Matched reply) {
        return replied(reply, "one");
    }

    private static ForwardResult replied(Matched reply, String by) {
        return new Replied(reply, by);
    }

    private long count(String name, String... labels) {
        return metrics.families().stream()
                .filter(family -> family.name().equals(name))
                .map(CounterFamily.class::cast)
                .mapToLong(family -> family.with(labels).sum())
                .sum();
    }

    private static CompletableFuture<ForwardResult> ask(Forwarder forwarder, String name) {
        return ask(forwarder, query(name), Way.DATAGRAM, View.ALL, SMALL);
    }

    private static CompletableFuture<ForwardResult> ask(
            Forwarder forwarder, Query query, Way way, View view, int room) {
        return forwarder.ask(query, way, view, room);
    }

    private Forwarder forwarder(HandUpstream... upstreams) {
        return forwarder(policy(Policy.SEQUENTIAL), upstreams);
    }

    private Forwarder forwarder(ForwardOptions options, HandUpstream... upstreams) {
        return new Forwarder(
                options,
                Arrays.stream(upstreams).map(HandUpstream::destination).toList(),
                new ForwardMetrics(metrics),
                (delay, task) -> checksToCome.add(task),
                now::get,
                new SplittableRandom(7));
    }

    private static ForwardOptions policy(Policy policy) {
        return with(ForwardOptions.DEFAULT, new Choice(policy, Attempts.TWICE_EACH, List.of(), false));
    }

    private static ForwardOptions attempts(ForwardOptions options, int count) {
        return with(options, new Choice(Policy.SEQUENTIAL, new Attempts.AtMost(count), List.of(), false));
    }

    private static ForwardOptions protocol(Protocol protocol) {
        var usual = Travel.DEFAULT;
        return with(
                policy(Policy.SEQUENTIAL), new Travel(protocol, usual.readTimeout(), usual.streams(), usual.source()));
    }

    private static ForwardOptions unchecked() {
        var options = policy(Policy.SEQUENTIAL);
        var health = options.health();
        return new ForwardOptions(
                options.choice(),
                new ForwardOptions.Health(0, health.interval(), true, health.domain()),
                options.travel(),
                options.security(),
                options.next(),
                0);
    }

    private static ForwardOptions concurrent(int max) {
        var options = policy(Policy.SEQUENTIAL);
        return new ForwardOptions(
                options.choice(), options.health(), options.travel(), options.security(), options.next(), max);
    }

    private static ForwardOptions with(ForwardOptions options, Choice choice) {
        return new ForwardOptions(
                choice,
                options.health(),
                options.travel(),
                options.security(),
                options.next(),
                options.concurrentMax());
    }

    private static ForwardOptions with(ForwardOptions options, Travel travel) {
        return new ForwardOptions(
                options.choice(),
                options.health(),
                travel,
                options.security(),
                options.next(),
                options.concurrentMax());
    }
}
