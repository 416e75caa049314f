package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waymark.records.gen.Gen;
import io.waymark.records.gen.MessageGen;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Both composers: inverse of the parser, equal to each other, and true to their limit.
class ComposerTest {
    private static final int MESSAGES = 4_000;

    @Test
    void whatIsComposedParsesToTheSameMessage() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var message = new MessageGen(Gen.seeded(seed)).message();
            assertThat(parse(MessageComposer.compose(message, Message.OCTETS_MAX)))
                    .as("seed %d", seed)
                    .isEqualTo(message);
        }
    }

    @Test
    void aTruncatedMessageKeepsABeginningOfItsRecordsAndItsOpt() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var gen = Gen.seeded(seed);
            var message = untruncated(new MessageGen(gen).message());
            int limit = gen.between(512, 1200);
            var octets = MessageComposer.compose(message, limit);
            assertThat(octets.length).as("seed %d", seed).isLessThanOrEqualTo(limit);
            assertTruncated(parse(octets), message, "seed " + seed);
        }
    }

    @Test
    void bothComposersSayTheSameWhateverTheLimit() {
        var composer = new ReplyComposer();
        var target = new byte[100 + Message.OCTETS_MAX];
        for (long seed = 0; seed < MESSAGES; seed++) {
            var gen = Gen.seeded(seed);
            var messages = new MessageGen(gen);
            var query = query(messages.question(), messages.edns());
            var reply = messages.reply();
            int limit = gen.oneIn(2) ? Message.OCTETS_MAX : gen.between(512, 1500);
            int length = composer.compose(query, reply, target, 100, limit);
            var hot = MessageParser.parse(target, 100, length);
            var slow = MessageComposer.compose(message(query, reply, hot), limit);
            assertThat(hot).as("seed %d", seed).isEqualTo(MessageParser.parse(slow, 0, slow.length));
            assertThat(length).as("seed %d", seed).isEqualTo(slow.length).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void aReplyEchoesItsQuestionLetterForLetterAndPointsToIt() {
        var query = (Query) Query.parse(hex("0007 0100 0001 0000 0000 0000 03577777 01 7a 00 0001 0001"), 0, 23);
        var owner = DomainName.of("www.z.");
        var reply = new Reply(
                Rcode.NOERROR,
                true,
                false,
                List.of(RecordSet.of(owner, 5, new RecordData.Cname(DomainName.of("ns.z.")))),
                List.of(),
                List.of());
        assertThat(ReplyComposer.compose(query, reply, 512)).isEqualTo(hex("""
                0007 8500 0001 0001 0000 0000 03577777 01 7a 00 0001 0001
                c00c 0005 0001 00000005 0005 02 6e73 c010"""));
    }

    @Test
    void theTargetOfAnSrvIsWrittenInFullAndItsAddressPointsToIt() {
        var query = (Query) Query.parse(hex("0007 0000 0001 0000 0000 0000 01 73 01 7a 00 0021 0001"), 0, 21);
        var target = DomainName.of("a.z.");
        var reply = new Reply(
                Rcode.NOERROR,
                true,
                false,
                List.of(RecordSet.of(DomainName.of("s.z."), 5, new RecordData.Srv(0, 100, 80, target))),
                List.of(),
                List.of(new RecordSet(
                        target,
                        RecordType.A,
                        5,
                        List.of(new RecordData.A(Gen.seeded(1).v4())))));
        var octets = HexFormat.of().formatHex(ReplyComposer.compose(query, reply, 512));
        assertThat(octets).contains("000b 0000 0064 0050 01 61 01 7a 00 c027 0001".replace(" ", ""));
    }

    @Test
    void optEchoesTheOptionsThatAReplyMayRepeat() {
        var edns = new Edns(
                1232,
                0,
                true,
                List.of(
                        new Edns.Option(Edns.NSID, new byte[0]),
                        new Edns.Option(8, hex("0001 1800 0a0000")),
                        new Edns.Option(Edns.COOKIE, hex("0102030405060708 1112131415161718")),
                        new Edns.Option(Edns.PADDING, new byte[3]),
                        new Edns.Option(Edns.PADDING, new byte[4])));
        var query = query(new Question(DomainName.ROOT, RecordType.NS, 1), Optional.of(edns));
        var reply = parse(ReplyComposer.compose(query, Reply.of(Rcode.BADVERS), 512));
        assertThat(reply.rcode()).isEqualTo(Rcode.BADVERS);
        assertThat(reply.edns())
                .contains(new Edns(
                        1232,
                        0,
                        true,
                        List.of(
                                new Edns.Option(Edns.NSID, new byte[0]),
                                new Edns.Option(Edns.COOKIE, hex("0102030405060708")),
                                new Edns.Option(Edns.PADDING, new byte[3]))));
    }

    @Test
    void aLimitBelow512OctetsIsOurMistake() {
        var message = new MessageGen(Gen.seeded(1)).message();
        assertThatIllegalArgumentException().isThrownBy(() -> MessageComposer.compose(message, 511));
    }

    /// A thousand endpoints: more names than the table of names holds, and behind where pointers reach.
    @Test
    void aMessageOf64KibibytesIsComposedWhole() {
        var owner = DomainName.of("db.shop.svc.cluster.local.");
        var targets = IntStream.range(0, 900)
                .mapToObj(i -> owner.child("endpoint-" + i))
                .toList();
        var srv = targets.stream()
                .map(target -> (RecordData) new RecordData.Srv(0, 1, 80, target))
                .toList();
        var additional = targets.stream()
                .map(target ->
                        RecordSet.of(target, 5, new RecordData.A(Gen.seeded(1).v4())))
                .toList();
        var query = query(new Question(owner, RecordType.SRV, 1), Optional.empty());
        var reply = new Reply(
                Rcode.NOERROR,
                true,
                false,
                List.of(new RecordSet(owner, RecordType.SRV, 5, srv)),
                List.of(),
                additional);
        var message = parse(ReplyComposer.compose(query, reply, Message.OCTETS_MAX));
        assertThat(message.answer()).hasSize(900);
        assertThat(message.header().has(Header.TC)).isFalse();
        assertThat(message.additional().getFirst().owner()).isEqualTo(targets.getFirst());
        var last = message.additional().size() - 1;
        assertThat(message.additional().get(last).owner()).isEqualTo(targets.get(last));
    }

    private static void assertTruncated(Message cut, Message whole, String seed) {
        assertThat(cut.answer()).as(seed).isEqualTo(first(cut.answer().size(), whole.answer()));
        assertThat(cut.authority()).as(seed).isEqualTo(first(cut.authority().size(), whole.authority()));
        assertThat(cut.additional()).as(seed).isEqualTo(first(cut.additional().size(), whole.additional()));
        assertThat(cut.edns()).as(seed).isEqualTo(whole.edns());
        assertThat(cut.rcode()).as(seed).isEqualTo(whole.rcode());
        boolean answerLost = cut.answer().size() < whole.answer().size();
        boolean authorityLost = cut.authority().size() < whole.authority().size();
        boolean questionLost = cut.questions().size() < whole.questions().size();
        assertThat(cut.header().has(Header.TC)).as(seed).isEqualTo(answerLost || authorityLost || questionLost);
        assertThat(answerLost && !cut.authority().isEmpty()).as(seed).isFalse();
        assertThat((answerLost || authorityLost) && !cut.additional().isEmpty())
                .as(seed)
                .isFalse();
    }

    private static List<ResourceRecord> first(int count, List<ResourceRecord> records) {
        return records.subList(0, Math.min(count, records.size()));
    }

    private static Message untruncated(Message message) {
        return new Message(
                new Header(message.header().id(), message.header().flags() & ~Header.TC),
                message.rcode(),
                message.questions(),
                message.answer(),
                message.authority(),
                message.additional(),
                message.edns());
    }

    private static Query query(Question question, Optional<Edns> edns) {
        var header = new Header(7, Header.RD);
        var message = new Message(header, Rcode.NOERROR, List.of(question), List.of(), List.of(), List.of(), edns);
        var octets = MessageComposer.compose(message, Message.OCTETS_MAX);
        return (Query) Query.parse(octets, 0, octets.length);
    }

    /// The reply as a message, with the OPT record that the hot path gave it.
    private static Message message(Query query, Reply reply, MessageParse hot) {
        int flags = Header.QR
                | Header.RD
                | (reply.authoritative() ? Header.AA : 0)
                | (reply.recursionAvailable() ? Header.RA : 0)
                | reply.rcode().code();
        return new Message(
                new Header(query.id(), flags),
                reply.rcode(),
                List.of(query.question()),
                records(reply.answer()),
                records(reply.authority()),
                records(reply.additional()),
                ((MessageParse.Parsed) hot).message().edns());
    }

    private static List<ResourceRecord> records(List<RecordSet> rrsets) {
        var records = new ArrayList<ResourceRecord>();
        for (var rrset : rrsets) {
            rrset.data()
                    .forEach(data ->
                            records.add(new ResourceRecord(rrset.owner(), ResourceRecord.CLASS_IN, rrset.ttl(), data)));
        }
        return records;
    }

    private static Message parse(byte[] octets) {
        return switch (MessageParser.parse(octets, 0, octets.length)) {
            case MessageParse.Parsed(var message, var questionEnd) -> message;
            case Malformed malformed -> throw new AssertionError(malformed);
        };
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
