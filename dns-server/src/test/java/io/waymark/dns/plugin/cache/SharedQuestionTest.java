package io.waymark.dns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Transport;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who shares a question, and an answer, with whom.
class SharedQuestionTest {
    private static final int CLIENTS = 16;

    @Test
    void manyWhoAskAtTheSameTimeShareOneQuestion() throws Exception {
        for (int round = 0; round < 50; round++) {
            var rig = new CacheRig("cache");
            rig.hold(true);
            var start = new CyclicBarrier(CLIENTS);
            var outcomes = new ConcurrentLinkedQueue<Outcome>();
            var threads = new ArrayList<Thread>();
            for (int client = 0; client < CLIENTS; client++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                        outcomes.add(rig.ask(CacheRig.address("a.test.")));
                    } catch (Exception broken) {
                        throw new AssertionError(broken);
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(rig.asked).hasValue(1);
            rig.reply("a.test.", "NOERROR: A 60 192.0.2.1");
            assertThat(outcomes)
                    .hasSize(CLIENTS)
                    .allSatisfy(outcome -> assertThat(CacheRig.text(outcome)).isEqualTo("NOERROR: A 60 192.0.2.1"));
            assertThat(rig.count("requests_total")).isEqualTo(CLIENTS);
        }
    }

    @Test
    void eachHasItsOwnIdAndTheLettersItAskedWith() {
        var rig = new CacheRig("cache");
        rig.hold(true);
        var outcomes = List.of(
                rig.ask(CacheRig.exchange(query(1, "a.test."), Transport.UDP, View.ALL)),
                rig.ask(CacheRig.exchange(upperCase(query(2, "a.test.")), Transport.TCP, View.ALL)));
        rig.reply("a.test.", "NOERROR: A 60 192.0.2.1");
        assertThat(outcomes.stream().map(SharedQuestionTest::octets).map(octets -> octets[1]))
                .containsExactly((byte) 1, (byte) 2);
        assertThat(octets(outcomes.get(1))[13]).isEqualTo((byte) 'A');
        assertThat(octets(rig.ask(CacheRig.exchange(upperCase(query(3, "a.test.")), Transport.UDP, View.ALL)))[13])
                .as("from the cache too")
                .isEqualTo((byte) 'A');
    }

    @Test
    void aTruncatedReplyIsForWhoAskedAlone() {
        var rig = new CacheRig("cache");
        rig.hold(true);
        rig.ask(CacheRig.address("a.test."));
        var second = rig.ask(CacheRig.exchange(query(2, "a.test."), Transport.TCP, View.ALL));
        rig.reply("a.test.", "NOERROR tc: A 60 192.0.2.1");
        assertThat(rig.asked).as("the second asks himself").hasValue(2);
        rig.reply("a.test.", "NOERROR: A 60 192.0.2.2");
        assertThat(CacheRig.text(second)).isEqualTo("NOERROR: A 60 192.0.2.2");
    }

    @Test
    void allWhoWaitForAnUpstreamThatIsSilentGetTheFailure() {
        var rig = new CacheRig("cache");
        rig.hold(true);
        var outcomes = List.of(rig.ask(CacheRig.address("a.test.")), rig.ask(CacheRig.address("a.test.")));
        rig.reply("a.test.", "-");
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(CacheRig.text(outcome)).isEqualTo("SERVFAIL, as nobody replies"));
        assertThat(rig.asked).hasValue(1);
    }

    @Test
    void aDefectBehindTheCacheIsNotKept() {
        var rig = new CacheRig("cache").says(exchange -> {
            throw new IllegalStateException("a defect");
        });
        var outcome = (Outcome.Later) rig.ask(CacheRig.address("a.test."));
        assertThatThrownBy(outcome.outcome()::join).hasRootCauseMessage("a defect");
        assertThat(rig.says("NOERROR: A 60 192.0.2.1").ask("a.test.")).isEqualTo("NOERROR: A 60 192.0.2.1");
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # flags | EDNS | type | shares | because
            RD      | no   | A    | true   | it is the same question
            none    | no   | A    | true   | RD says nothing of the answer
            RD AD   | no   | A    | true   | nor does AD
            RD      | yes  | A    | true   | nor a payload size
            RD CD   | no   | A    | false  | without validation there may be another answer
            RD      | do   | A    | false  | with signatures there is
            RD      | no   | AAAA | false  | it is another type
            """)
    void shares(String flags, String edns, String type, boolean shares, String because) {
        var rig = new CacheRig("cache").says("NOERROR: A 60 192.0.2.1");
        rig.ask("a.test.");
        int bits = (flags.contains("RD") ? Header.RD : 0)
                | (flags.contains("AD") ? Header.AD : 0)
                | (flags.contains("CD") ? Header.CD : 0);
        var opt = edns.equals("no")
                ? Optional.<Edns>empty()
                : Optional.of(new Edns(1_232, 0, edns.equals("do"), List.of()));
        var again = rig.ask(CacheRig.exchange("A.Test.", RecordType.parse(type).orElseThrow(), bits, opt));
        assertThat(rig.asked.get() == 1).as(because).isEqualTo(shares);
        assertThat(Ask.parse(octets(again)).header().flags() & (Header.RD | Header.CD))
                .isEqualTo(shares ? bits & (Header.RD | Header.CD) : Header.RD | bits & Header.CD);
    }

    @Test
    void answersOutOfMemoryAreNotKept() {
        var reply = new Outcome.Answer(Reply.of(Rcode.REFUSED));
        var rig = new CacheRig("cache", "kubernetes").says(exchange -> reply);
        assertThat(rig.ask(CacheRig.address("a.test."))).isEqualTo(reply);
        assertThat(rig.ask(CacheRig.address("a.test."))).isEqualTo(reply);
        assertThat(rig.asked).hasValue(2);
        assertThat(rig.count("requests_total")).as("no business of the cache").isZero();
    }

    @Test
    void aFailureOfAnotherPluginThanForwardIsNotKept() {
        var rig = new CacheRig("cache", "kubernetes").says("-");
        rig.ask("a.test.");
        assertThat(rig.says("NOERROR: A 60 192.0.2.1").ask("a.test.")).isEqualTo("NOERROR: A 60 192.0.2.1");
    }

    private static byte[] query(int id, String name) {
        return Ask.query(id, Header.RD, new Question(DomainName.of(name), RecordType.A, 1), Optional.empty());
    }

    private static byte[] upperCase(byte[] query) {
        query[13] = (byte) Character.toUpperCase(query[13]);
        return query;
    }

    private static byte[] octets(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Verbatim(var octets) -> octets;
            case Outcome.Later(var later) -> octets(later.join());
            default -> throw new AssertionError("no octets: " + outcome);
        };
    }
}
