package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// RFC 5936 §2.2: a zone in several messages.
class TransferComposerTest {
    private static final DomainName ZONE = DomainName.of("cluster.local.");

    @Test
    void theMessagesHoldEachRecordOnceAndInOrder() {
        var rrsets =
                IntStream.range(0, 2_000).mapToObj(i -> addresses("s" + i, 3)).toList();
        var messages = messages(query(Optional.empty()), rrsets.iterator());

        assertThat(messages).hasSizeGreaterThan(2);
        assertThat(messages).allSatisfy(octets -> {
            assertThat(octets.length).isLessThanOrEqualTo(1 << 14);
            assertThat(octets[2] & 0x86).as("QR and AA, no TC").isEqualTo(0x84);
        });
        var parsed = messages.stream().map(TransferComposerTest::parse).toList();
        assertThat(parsed).allSatisfy(message -> {
            assertThat(message.header().id()).isEqualTo(7);
            assertThat(message.questions()).containsExactly(new Question(ZONE, RecordType.AXFR, 1));
        });
        assertThat(parsed.stream().flatMap(message -> message.answer().stream()))
                .containsExactlyElementsOf(rrsets.stream()
                        .flatMap(set -> set.data().stream()
                                .map(data -> new ResourceRecord(set.owner(), ResourceRecord.CLASS_IN, set.ttl(), data)))
                        .toList());
    }

    @Test
    void aMessageIsComposedOnlyWhenItIsAskedFor() {
        var taken = new AtomicInteger();
        var endless = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    taken.incrementAndGet();
                    return addresses("s" + i, 1);
                })
                .iterator();
        var composer = new TransferComposer(query(Optional.empty()), endless);
        composer.next();
        assertThat(taken).hasValueLessThan(1_000);
    }

    @Test
    void aRecordThatFillsMoreThanAUsualMessageHasOneOfItsOwn() {
        var large = new RecordData.Txt(
                IntStream.range(0, 200).mapToObj(i -> "x".repeat(250)).toList());
        var rrsets = List.of(addresses("a", 1), RecordSet.of(ZONE.child("b"), 5, large), addresses("c", 1));
        var messages = messages(query(Optional.empty()), rrsets.iterator());
        assertThat(messages.stream().map(octets -> parse(octets).answer().size()))
                .containsExactly(1, 2);
    }

    @Test
    void aClientWithEdnsGetsItInEachMessage() {
        var query = query(Optional.of(new Edns(1_232, 0, false, List.of())));
        var rrsets =
                IntStream.range(0, 2_000).mapToObj(i -> addresses("s" + i, 1)).iterator();
        assertThat(messages(query, rrsets))
                .allSatisfy(octets -> assertThat(parse(octets).edns()).isPresent());
    }

    @Test
    void behindTheLastThereIsNone() {
        var composer = new TransferComposer(
                query(Optional.empty()), List.of(addresses("a", 1)).iterator());
        composer.next();
        assertThat(composer.hasNext()).isFalse();
        assertThatThrownBy(composer::next).isInstanceOf(NoSuchElementException.class);
    }

    private static List<byte[]> messages(Query query, Iterator<RecordSet> rrsets) {
        var all = new ArrayList<byte[]>();
        new TransferComposer(query, rrsets).forEachRemaining(all::add);
        return all;
    }

    private static RecordSet addresses(String name, int count) {
        var data = IntStream.range(0, count)
                .mapToObj(i -> RecordData.address(new IpAddress.V4(0x0a000000 + i)))
                .toList();
        return new RecordSet(ZONE.child(name), RecordType.A, 5, data);
    }

    private static Query query(Optional<Edns> edns) {
        var octets = MessageComposer.compose(
                new Message(
                        new Header(7, 0),
                        Rcode.NOERROR,
                        List.of(new Question(ZONE, RecordType.AXFR, 1)),
                        List.of(),
                        List.of(),
                        List.of(),
                        edns),
                512);
        return (Query) Query.parse(octets, 0, octets.length);
    }

    private static Message parse(byte[] octets) {
        return ((MessageParse.Parsed) MessageParser.parse(octets, 0, octets.length)).message();
    }
}
