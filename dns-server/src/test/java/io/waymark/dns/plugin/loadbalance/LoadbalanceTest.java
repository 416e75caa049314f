package io.waymark.dns.plugin.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.gen.Gen;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.WholeReply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every order comes up, no record is lost, and aliases come first.
class LoadbalanceTest {
    private static final DomainName NAME = DomainName.of("a.test.");
    private static final DomainName TARGET = DomainName.of("b.test.");
    private static final Exchange ASKED = HandExchange.of("a.test.", RecordType.A, "10.0.0.1");

    private final Gen gen = Gen.seeded(7);

    /// How an answer comes from the plugins behind.
    enum Form {
        ANSWER(reply -> new Outcome.Answer(reply)),
        EDITED(reply -> new Outcome.Edited(WholeReply.of(ASKED.query(), reply))),
        VERBATIM(reply -> new Outcome.Verbatim(
                WholeReply.compose(ASKED.query(), WholeReply.of(ASKED.query(), reply), Message.OCTETS_MAX)));

        private final Function<Reply, Outcome> outcome;

        Form(Function<Reply, Outcome> outcome) {
            this.outcome = outcome;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOrderOfTheAddressesComesUpAsOftenAsTheOthers(Form form) {
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < 6_000; i++) {
            counts.merge(text(shuffled(form, addresses(NAME, "A", 3)).answer()), 1, Integer::sum);
        }
        assertThat(counts)
                .hasSize(6)
                .allSatisfy((order, count) -> assertThat(count).isBetween(850, 1_150));
    }

    @ParameterizedTest
    @EnumSource
    void aliasesStayBeforeWhatTheyLeadTo(Form form) {
        var alias = RecordSet.of(NAME, 5, new RecordData.Cname(TARGET));
        var orders = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            var answer = shuffled(form, alias, addresses(TARGET, "AAAA", 2).getFirst())
                    .answer();
            assertThat(answer.getFirst().data()).isEqualTo(new RecordData.Cname(TARGET));
            orders.add(text(answer));
        }
        assertThat(orders).hasSize(2);
    }

    @Test
    void mailServersAreShuffled() {
        var asked = HandExchange.of("a.test.", RecordType.MX, "10.0.0.1");
        var servers = new RecordSet(
                NAME, RecordType.MX, 5, List.of(new RecordData.Mx(10, NAME), new RecordData.Mx(10, TARGET)));
        var reply = reply(List.of(servers), List.of());
        var whole = WholeReply.of(asked.query(), reply);
        for (var outcome : List.of(
                new Outcome.Answer(reply),
                new Outcome.Edited(whole),
                new Outcome.Verbatim(WholeReply.compose(asked.query(), whole, 512)))) {
            var first = new HashSet<RecordData>();
            for (int i = 0; i < 50; i++) {
                var told = byChance().order(outcome, asked);
                first.add(Outcome.message(told, asked.query())
                        .orElseThrow()
                        .answer()
                        .getFirst()
                        .data());
            }
            assertThat(first).as(outcome.toString()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRecordIsLostAddedOrChanged(Form form) {
        for (int i = 0; i < 300; i++) {
            var answer = Stream.of(
                            addresses(NAME, "A", gen.below(6)),
                            addresses(TARGET, "A", gen.below(4)),
                            addresses(NAME, "AAAA", gen.below(4)))
                    .flatMap(List::stream)
                    .toList();
            var additional = addresses(TARGET, "AAAA", gen.below(5));
            var reply = reply(answer, additional);
            var before = WholeReply.of(ASKED.query(), reply);
            var after = Outcome.message(byChance().order(form.outcome.apply(reply), ASKED), ASKED.query())
                    .orElseThrow();
            assertThat(sorted(after.answer())).isEqualTo(sorted(before.answer()));
            assertThat(sorted(after.additional())).isEqualTo(sorted(before.additional()));
        }
    }

    @Test
    void whatHasNothingToShuffleIsNotTouched() {
        var one = new Outcome.Answer(reply(addresses(NAME, "A", 1), List.of()));
        var denial = new Outcome.Answer(Reply.of(Rcode.NXDOMAIN));
        assertThat(byChance().order(one, ASKED)).isSameAs(one);
        assertThat(byChance().order(denial, ASKED)).isSameAs(denial);
        assertThat(byChance().order(Outcome.DROP, ASKED)).isSameAs(Outcome.DROP);
    }

    @Test
    void octetsThatCannotBeReadStayAsTheyAre() {
        for (int i = 0; i < 2_000; i++) {
            var octets = ((Outcome.Verbatim) Form.VERBATIM.outcome.apply(reply(addresses(NAME, "A", 4), List.of())))
                    .octets();
            for (int k = gen.below(4); k >= 0; k--) {
                octets[gen.between(2, octets.length - 1)] = (byte) gen.int32();
            }
            var told = (Outcome.Verbatim) byChance().order(new Outcome.Verbatim(octets), ASKED);
            assertThat(told.octets()).hasSameSizeAs(octets);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # preferred                 | first ones
            10.0.0.2/32                 | 10.0.0.2
            10.0.0.3/32 10.0.0.1/32     | 10.0.0.3 10.0.0.1
            10.0.0.3/32 10.0.0.0/30     | 10.0.0.3
            192.0.2.0/24                | ''
            """)
    void preferredAddressesComeFirst(String prefixes, String first) {
        var prefer =
                new PreferredFirst(Stream.of(prefixes.split(" ")).map(Cidr::of).toList());
        for (int i = 0; i < 20; i++) {
            var shuffled =
                    byChance().order(Form.ANSWER.outcome.apply(reply(addresses(NAME, "A", 3), List.of())), ASKED);
            var told = Outcome.message(prefer.order(shuffled, ASKED.query()), ASKED.query())
                    .orElseThrow();
            assertThat(text(told.answer())).startsWith(first);
            assertThat(told.answer()).hasSize(3);
        }
    }

    @Test
    void anAddressComesFirstAsOftenAsItWeighs() {
        var weights = weights("a.test", "10.0.0.1 6", "10.0.0.2 3");
        var order = new WeightedFirst(() -> weights, gen::below);
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < 10_000; i++) {
            var told = order.order(Form.ANSWER.outcome.apply(reply(addresses(NAME, "A", 3), List.of())), ASKED);
            var answer = Outcome.message(told, ASKED.query()).orElseThrow().answer();
            assertThat(answer).hasSize(3);
            first.merge(text(answer.subList(0, 1)), 1, Integer::sum);
        }
        assertThat(first.get("10.0.0.1")).isBetween(5_800, 6_200);
        assertThat(first.get("10.0.0.2")).isBetween(2_800, 3_200);
        assertThat(first.get("10.0.0.3")).as("one that is not listed weighs 1").isBetween(850, 1_150);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # lines                          | are refused
            10.0.0.1 5                       | 1: found 2 words, "10.0.0.1 5"; expected a name, and below it addresses with a weight each
            a.test~10.0.0.1                  | 2: found 1 word, "10.0.0.1"; expected a name, and below it addresses with a weight each
            a.test~# no~~10.0.0.1 0          | 4: found "0", expected a weight from 1 to 255
            a.test~10.0.0.1 256              | 2: found "256", expected a weight from 1 to 255
            a.test~10.0.0.1 5 5              | 2: found 3 words, "10.0.0.1 5 5"; expected a name, and below it addresses with a weight each
            """)
    void weightsThatCannotBeReadAreRefused(String lines, String expected) {
        assertThat(AddressWeights.read(List.of(lines.split("~"))))
                .isInstanceOfSatisfying(
                        AddressWeights.Read.Malformed.class,
                        bad -> assertThat(bad.line() + ": " + bad.why()).isEqualTo(expected));
    }

    @Test
    void theLastGoodWeightsStay(@TempDir Path folder) throws Exception {
        var path = folder.resolve("weights");
        var file = new WeightFile(path);
        file.read();
        assertThat(file.weights()).as("there is no file").isEqualTo(AddressWeights.EQUAL);
        Files.writeString(path, "a.test\n10.0.0.1 7\n");
        file.read();
        var good = file.weights();
        assertThat(good.byName()).containsKey(NAME);
        Files.writeString(path, "a.test\n10.0.0.1 x\n");
        file.read();
        assertThat(file.weights()).isEqualTo(good);
        Files.delete(path);
        file.read();
        assertThat(file.weights()).isEqualTo(good);
    }

    private static AddressWeights weights(String... lines) {
        return ((AddressWeights.Read.Weights) AddressWeights.read(List.of(lines))).weights();
    }

    private ShuffledRecords byChance() {
        return new ShuffledRecords(gen::below);
    }

    private Message shuffled(Form form, List<RecordSet> answer) {
        var outcome = form.outcome.apply(reply(answer, List.of()));
        return Outcome.message(byChance().order(outcome, ASKED), ASKED.query()).orElseThrow();
    }

    private Message shuffled(Form form, RecordSet... answer) {
        return shuffled(form, List.of(answer));
    }

    private static Reply reply(List<RecordSet> answer, List<RecordSet> additional) {
        return new Reply(Rcode.NOERROR, true, true, answer, List.of(), additional);
    }

    /// One RRset of so many addresses, or none.
    private static List<RecordSet> addresses(DomainName owner, String type, int count) {
        if (count == 0) {
            return List.of();
        }
        var prefix = type.equals("A") ? "10.0.0." : "fd00::";
        var data = Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> RecordData.address(IpAddress.of(prefix + i)))
                .toList();
        return List.of(new RecordSet(owner, data.getFirst().type(), 5, data));
    }

    private static List<ResourceRecord> sorted(List<ResourceRecord> records) {
        return records.stream()
                .sorted(Comparator.comparing(ResourceRecord::toString))
                .toList();
    }

    private static String text(List<ResourceRecord> records) {
        return records.stream()
                .map(record ->
                        PreferredFirst.address(record).map(IpAddress::toString).orElse("alias"))
                .collect(Collectors.joining(" "));
    }
}
