package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.gen.Gen;
import io.waymark.records.gen.MessageGen;
import io.waymark.records.rr.ResourceRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is kept of a reply, and what each client gets of it.
class StoredReplyTest {
    private static final int MESSAGES = 4_000;
    private static final String ASKED = "1234 0110 0001 0000 0000 0000 0257C1 017a 00 0041 0001";
    private static final String ANSWER = "c00c 0001 0001 0000003c 0004 c0000201";
    private static final String OPT = "00 0029 04d0 00008000 0000";

    @Test
    void theClientGetsItsIdItsLettersItsFlagsAndTheTtlThatIsLeft() {
        var octets = hex("0007 84a0 0001 0001 0000 0001 0257c1 017a 00 0041 0001" + ANSWER + OPT);
        var reply = StoredReply.withoutEdns(octets).orElseThrow().reply(query(ASKED), 7);
        assertThat(reply)
                .isEqualTo(hex("1234 8590 0001 0001 0000 0000 0257C1 017a 00 0041 0001"
                        + ANSWER.replace("0000003c", "00000007")));
    }

    @Test
    void anOptRecordBeforeOthersIsLeftOutToo() {
        var octets = hex("0007 8180 0001 0000 0000 0002 0257c1 017a 00 0041 0001" + OPT + ANSWER);
        var reply = StoredReply.withoutEdns(octets).orElseThrow().reply(query(ASKED), 60);
        assertThat(parse(reply).additional()).hasSize(1);
        assertThat(parse(reply).edns()).isEmpty();
    }

    @Test
    void aReplyWhoseCodeNeedsTheOptRecordCannotDoWithoutIt() {
        var octets =
                hex("0007 8180 0001 0000 0000 0001 0257c1 017a 00 0041 0001" + OPT.replace("00008000", "01008000"));
        assertThat(StoredReply.withoutEdns(octets.clone())).isEmpty();
        assertThat(StoredReply.whole(octets)).isPresent();
    }

    @Test
    void anyReplyKeepsItsRecordsAndHasTheOneTtl() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var gen = Gen.seeded(seed);
            var messages = new MessageGen(gen);
            var query = query(messages.question(), messages.edns());
            var message = WholeReply.of(query, messages.reply());
            var octets = WholeReply.compose(query, message, Message.OCTETS_MAX);
            int ttl = gen.below(100_000);
            var whole = parse(octets);
            var stored = StoredReply.withoutEdns(octets.clone());
            assertThat(stored.isPresent())
                    .as("seed %d", seed)
                    .isEqualTo(whole.rcode().code() <= 0xf);
            stored.ifPresent(reply -> {
                var told = parse(reply.reply(query, ttl));
                assertThat(told.answer()).isEqualTo(with(ttl, whole.answer()));
                assertThat(told.authority()).isEqualTo(with(ttl, whole.authority()));
                assertThat(told.additional()).isEqualTo(with(ttl, whole.additional()));
                assertThat(told.edns()).isEmpty();
            });
            assertThat(parse(StoredReply.whole(octets).orElseThrow().reply(query, ttl))
                            .edns())
                    .isEqualTo(whole.edns());
        }
    }

    @Test
    void anyOctetsGiveAReplyOrNone() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var gen = Gen.seeded(seed);
            var octets = MessageComposer.compose(new MessageGen(gen).message(), Message.OCTETS_MAX);
            for (int i = gen.below(4); i >= 0; i--) {
                octets[gen.below(octets.length)] = (byte) gen.int32();
            }
            StoredReply.withoutEdns(octets.clone());
            StoredReply.whole(octets);
        }
    }

    private static List<ResourceRecord> with(int ttl, List<ResourceRecord> records) {
        return records.stream()
                .map(record -> new ResourceRecord(record.owner(), record.recordClass(), ttl, record.data()))
                .toList();
    }

    private static Query query(Question question, Optional<Edns> edns) {
        var message = new Message(
                new Header(7, Header.RD), Rcode.NOERROR, List.of(question), List.of(), List.of(), List.of(), edns);
        var octets = MessageComposer.compose(message, Message.OCTETS_MAX);
        return (Query) Query.parse(octets, 0, octets.length);
    }

    private static Query query(String hex) {
        var octets = hex(hex);
        return (Query) Query.parse(octets, 0, octets.length);
    }

    private static Message parse(byte[] octets) {
        return switch (MessageParser.parse(octets, 0, octets.length)) {
            case MessageParse.Parsed(var message, int end) -> message;
            case Malformed malformed -> throw new AssertionError(malformed.toString());
        };
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
