package io.waymark.records.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.dnsjava.DnsjavaMessages;
import io.waymark.records.gen.Gen;
import io.waymark.records.gen.MessageGen;
import io.waymark.records.gen.PacketGen;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The codec against dnsjava, both ways, on sound messages and on damaged ones.
class MessageDnsjavaTest {
    private static final int MESSAGES = 4_000;
    private static final int DAMAGES_PER_MESSAGE = 50;
    /// Types that neither side gives a shape (RFC 6895 §3.1).
    private static final int PRIVATE_TYPE = 65280;
    /// What we refuse and dnsjava lets pass.
    private static final Set<String> STRICTER = Set.of(
            "octets behind the last record",
            "OPT record outside the additional section",
            "a second OPT record",
            "owner of OPT is not the root",
            "pointer leads to no earlier name");

    @Test
    void dnsjavaReadsWhatWeCompose() throws IOException {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var message = new MessageGen(Gen.seeded(seed)).message();
            assertThat(DnsjavaMessages.parse(MessageComposer.compose(message, Message.OCTETS_MAX)))
                    .as("seed %d", seed)
                    .isEqualTo(message);
        }
    }

    @Test
    void weReadWhatDnsjavaComposes() throws IOException {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var message = new MessageGen(Gen.seeded(seed)).message();
            var octets = DnsjavaMessages.compose(message);
            assertThat(MessageParser.parse(octets, 0, octets.length))
                    .as("seed %d", seed)
                    .isInstanceOfSatisfying(
                            MessageParse.Parsed.class,
                            parsed -> assertThat(parsed.message()).isEqualTo(message));
        }
    }

    @Test
    void oursIsNeverLongerThanDnsjavas() throws IOException {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var message = new MessageGen(Gen.seeded(seed)).message();
            int ours = MessageComposer.compose(message, Message.OCTETS_MAX).length;
            assertThat(ours).as("seed %d", seed).isLessThanOrEqualTo(DnsjavaMessages.compose(message).length);
        }
    }

    @Test
    void aDamagedMessageMeansTheSameToBothOrIsRefusedForAReasonWeKnow() {
        for (long seed = 0; seed < MESSAGES; seed++) {
            var packets = new PacketGen(Gen.seeded(seed));
            var sound = packets.sound();
            for (int i = 0; i < DAMAGES_PER_MESSAGE; i++) {
                var packet = withoutLeniency(packets.next(sound));
                agree(packet, "seed " + seed + ", packet " + i);
            }
        }
    }

    private static void agree(byte[] packet, String where) {
        var ours = MessageParser.parse(packet, 0, packet.length);
        Message theirs;
        try {
            theirs = DnsjavaMessages.parse(packet);
        } catch (IOException | RuntimeException refused) {
            if (ours instanceof MessageParse.Parsed(var message, var questionEnd)) {
                assertThat(isShapedByDnsjavaAlone(message))
                        .as("%s: %s", where, refused)
                        .isTrue();
            }
            return;
        }
        switch (ours) {
            case MessageParse.Parsed(var message, var questionEnd) -> {
                if (!isShapedByDnsjavaAlone(message) && message.rcode().code() < 0x800) {
                    assertThat(message).as(where).isEqualTo(theirs);
                }
            }
            case Malformed malformed -> assertThat(STRICTER).as(where).contains(malformed.why());
        }
    }

    /// dnsjava forgives anything behind TC, and reads an UPDATE by rules of its own: both bits off.
    private static byte[] withoutLeniency(byte[] packet) {
        if (packet.length > 2) {
            packet[2] &= (byte) 0x85;
        }
        return packet;
    }

    /// Whether the message has octets into which dnsjava looks and we do not.
    private static boolean isShapedByDnsjavaAlone(Message message) {
        boolean options =
                message.edns().stream().anyMatch(edns -> !edns.options().isEmpty());
        return options
                || Stream.of(message.answer(), message.authority(), message.additional())
                        .flatMap(List::stream)
                        .map(ResourceRecord::data)
                        .anyMatch(data ->
                                data instanceof RecordData.Unknown(var type, var octets) && type.code() < PRIVATE_TYPE);
    }
}
