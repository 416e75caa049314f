package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WholeReplyTest {
    private static final List<Integer> OPTIONS =
            List.of(Edns.NSID, Edns.EXPIRE, Edns.COOKIE, Edns.TCP_KEEPALIVE, Edns.PADDING, 8, 65_001);

    /// The two ways to the client, straight from RRsets and record by record, give the same octets.
    @Test
    void isComposedToTheOctetsOfTheShortWay() {
        var random = new Random(20_261_123);
        for (int i = 0; i < 2_000; i++) {
            var query = query(random);
            var reply = reply(query.question().name(), random);
            int limit = random.nextBoolean() ? Message.UDP_OCTETS_MIN : Message.OCTETS_MAX;
            assertThat(HexFormat.of().formatHex(WholeReply.compose(query, WholeReply.of(query, reply), limit)))
                    .as("case %d: %s", i, reply)
                    .isEqualTo(HexFormat.of().formatHex(ReplyComposer.compose(query, reply, limit)));
        }
    }

    @Test
    void repeatsTheQuestionAsItWasAskedAndNotAsItWasAnswered() {
        var asked = parsed(new Question(DomainName.of("WWW.Example."), RecordType.A, 1), Optional.empty());
        var other = asked.with(new Question(DomainName.of("inner.example."), RecordType.A, 1));
        var reply = WholeReply.of(other, Reply.of(Rcode.NXDOMAIN));
        var octets = WholeReply.compose(asked, reply, Message.UDP_OCTETS_MIN);
        assertThat(octets).containsSequence(asked.questionOctets());
    }

    private static Query query(RandomGenerator random) {
        var name = DomainName.of(random.nextBoolean() ? "Cart.shop.svc.cluster.local." : "x.");
        var edns = Optional.of(new Edns(random.nextInt(0x10000), 0, random.nextBoolean(), options(random)))
                .filter(some -> random.nextBoolean());
        return parsed(new Question(name, RecordType.A, 1), edns);
    }

    private static List<Edns.Option> options(RandomGenerator random) {
        var options = new ArrayList<Edns.Option>();
        for (int code : OPTIONS) {
            if (random.nextInt(3) == 0) {
                var octets = new byte[code == Edns.COOKIE ? 8 : random.nextInt(20)];
                random.nextBytes(octets);
                options.add(new Edns.Option(code, octets));
            }
        }
        return options;
    }

    private static Query parsed(Question question, Optional<Edns> edns) {
        var octets = MessageComposer.compose(
                new Message(
                        new Header(4711, Header.RD | Header.CD),
                        Rcode.NOERROR,
                        List.of(question),
                        List.of(),
                        List.of(),
                        List.of(),
                        edns),
                Message.UDP_OCTETS_MIN);
        if (Query.parse(octets, 0, octets.length) instanceof Query query) {
            return query;
        }
        throw new AssertionError("no query: " + question);
    }

    private static Reply reply(DomainName name, RandomGenerator random) {
        return new Reply(
                random.nextBoolean() ? Rcode.NOERROR : Rcode.NXDOMAIN,
                random.nextBoolean(),
                random.nextBoolean(),
                rrsets(name, random),
                rrsets(name, random),
                rrsets(name, random));
    }

    private static List<RecordSet> rrsets(DomainName name, RandomGenerator random) {
        var rrsets = new ArrayList<RecordSet>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var data = new ArrayList<RecordData>();
            int addresses = 1 + random.nextInt(12);
            for (int j = 0; j < addresses; j++) {
                data.add(RecordData.address(new IpAddress.V4(random.nextInt())));
            }
            rrsets.add(new RecordSet(name.child("n" + i), RecordType.A, random.nextInt(100), data));
        }
        return rrsets;
    }
}
