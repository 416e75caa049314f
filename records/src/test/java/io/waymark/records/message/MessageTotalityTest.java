package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.gen.Gen;
import io.waymark.records.gen.PacketGen;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Any octets give a value: a million packets, noise and damaged messages.
class MessageTotalityTest {
    private static final int SEEDS = 10_000;
    private static final int PACKETS_PER_SEED = 100;
    private static final int MARGIN = 40;

    @Test
    void anyOctetsGiveAValueThatCanBeComposedAgain() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var packets = new PacketGen(Gen.seeded(seed));
            var sound = packets.sound();
            for (int i = 0; i < PACKETS_PER_SEED; i++) {
                var packet = packets.next(sound);
                try {
                    check(packet);
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", packet " + i, e);
                }
            }
        }
    }

    @Test
    void nothingOutsideOfThePacketIsRead() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var packets = new PacketGen(Gen.seeded(seed));
            var packet = packets.next(packets.sound());
            var message = MessageParser.parse(packet, 0, packet.length);
            var query = describe(Query.parse(packet, 0, packet.length));
            for (byte fill : new byte[] {0, 1, (byte) 0xc0}) {
                var buffer = new byte[packet.length + 2 * MARGIN];
                Arrays.fill(buffer, fill);
                System.arraycopy(packet, 0, buffer, MARGIN, packet.length);
                assertThat(MessageParser.parse(buffer, MARGIN, packet.length))
                        .as("seed %d", seed)
                        .isEqualTo(message);
                assertThat(describe(Query.parse(buffer, MARGIN, packet.length)))
                        .as("seed %d", seed)
                        .isEqualTo(query);
            }
        }
    }

    /// A message that parsed also composes, and so does what a query is answered with.
    private static void check(byte[] packet) {
        switch (MessageParser.parse(packet, 0, packet.length)) {
            case MessageParse.Parsed(var message, var questionEnd) ->
                assertThat(MessageComposer.compose(message, 512).length).isLessThanOrEqualTo(512);
            case Malformed(int offset, var why) -> assertThat(offset).isBetween(0, packet.length);
        }
        switch (Query.parse(packet, 0, packet.length)) {
            case Query query ->
                assertThat(ReplyComposer.compose(query, Reply.of(Rcode.REFUSED), 512).length)
                        .isLessThanOrEqualTo(512);
            case QueryParse.Refuse refuse -> assertThat(refuse.reply().length).isLessThanOrEqualTo(512);
            case QueryParse.Ignore ignore -> assertThat(ignore.why()).isNotEmpty();
        }
    }

    private static String describe(QueryParse parse) {
        return switch (parse) {
            case Query query ->
                query + " " + query.flags() + " " + query.edns() + Arrays.toString(query.questionOctets());
            case QueryParse.Refuse refuse -> "refuse " + Arrays.toString(refuse.reply());
            case QueryParse.Ignore ignore -> ignore.toString();
        };
    }
}
