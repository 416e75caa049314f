package io.waymark.proxy.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Messages as netlink(7) and linux/netlink.h lay them out; the golden octets are of a little-endian host.
class MessageTest {
    private static String hex(MessageWriter writer) {
        return hex(writer.toByteArray());
    }

    private static String hex(byte[] octets) {
        return HexFormat.ofDelimiter(" ").formatHex(octets);
    }

    @Test
    void aMessageIsItsHeaderNfgenmsgAndPaddedAttributes() {
        var writer = new MessageWriter();
        int start = writer.beginMessage(0x0a00, 0x401, 2, 10);
        writer.text(1, "waymark");
        writer.be32(2, 6);
        writer.u8(3, 7);
        writer.endMessage(start);
        assertThat(hex(writer))
                .isEqualTo(String.join(
                        " ",
                        "30 00 00 00 00 0a 01 04 00 00 00 00 00 00 00 00", // length 48, type, flags, sequence, port
                        "02 00 00 0a", // family, version, resource in network order
                        "0c 00 01 00 77 61 79 6d 61 72 6b 00",
                        "08 00 02 00 00 00 00 06",
                        "05 00 03 00 07 00 00 00"));
    }

    @Test
    void nestedAttributesHaveTheFlagAndTheirWholeLength() {
        var writer = new MessageWriter();
        int outer = writer.open(3);
        int inner = writer.open(1);
        writer.be64(4, 0x0102030405060708L);
        writer.close(inner);
        writer.octets(2, new byte[] {9});
        writer.close(outer);
        assertThat(hex(writer))
                .isEqualTo("1c 00 03 80 10 00 01 80 0c 00 04 00 01 02 03 04 05 06 07 08 05 00 02 00 09 00 00 00");
    }

    @Test
    void anAttributeOfMoreThan64KibIsRefused() {
        var writer = new MessageWriter();
        int list = writer.open(3);
        writer.octets(1, new byte[40_000]);
        writer.octets(1, new byte[40_000]);
        assertThatThrownBy(() -> writer.close(list)).hasMessageContaining("at most 65535");
        assertThatThrownBy(() -> writer.octets(1, new byte[65_532])).hasMessageContaining("65532");
    }

    @Test
    void theArrayGrowsUnderEveryKindOfAttribute() {
        for (int before = 900; before < 1030; before++) {
            var writer = new MessageWriter();
            writer.octets(1, new byte[before]);
            writer.be32(2, 0x01020304);
            writer.be64(3, 5);
            for (int i = 0; i < 40; i++) {
                writer.u8(4, i);
            }
            assertThat(Attributes.of(writer.toByteArray()).be32(2, 0)).isEqualTo(0x01020304);
            assertThat(Attributes.of(writer.toByteArray()).be64(3, 0)).isEqualTo(5);
            assertThat(writer.toByteArray()[writer.length() - 4]).isEqualTo((byte) 39);
        }
    }

    @Test
    void aBatchAsksForOneAcknowledgementAndNumbersItsMessages() {
        var batch = Batch.nftablesSince(77);
        batch.begin(0, 0x400, 2).text(1, "a");
        batch.end("table a");
        batch.begin(2, 0, 10).text(1, "b");
        batch.end("table b");
        assertThat(hex(batch.complete(5)))
                .isEqualTo(String.join(
                        " ",
                        "1c 00 00 00 10 00 01 00 05 00 00 00 00 00 00 00 00 00 00 0a 08 00 01 00 00 00 00 4d",
                        "1c 00 00 00 00 0a 01 04 06 00 00 00 00 00 00 00 02 00 00 00 06 00 01 00 61 00 00 00",
                        "1c 00 00 00 02 0a 05 00 07 00 00 00 00 00 00 00 0a 00 00 00 06 00 01 00 62 00 00 00",
                        "14 00 00 00 11 00 01 00 08 00 00 00 00 00 00 00 00 00 00 0a"));
        assertThat(List.of(batch.subject(0), batch.subject(1), batch.subject(2), batch.subject(3)))
                .containsExactly("the batch", "table a", "table b", "the batch");
        assertThatThrownBy(() -> batch.complete(9)).hasMessage("a batch is sent once");
    }

    @Test
    void whatIsWrittenIsRead() {
        var writer = new MessageWriter();
        int start = writer.beginMessage(0x0a0f, 2, 10, 0);
        writer.be32(1, 0xfffffffe);
        writer.text(2, "näme");
        int nested = writer.open(3);
        writer.u8(1, 200);
        writer.be64(2, -5);
        writer.close(nested);
        writer.endMessage(start);
        var octets = writer.toByteArray();
        var seen = new ArrayList<Message>();
        Message.parse(octets, octets.length, seen::add);
        assertThat(seen).hasSize(1);
        var message = seen.getFirst();
        assertThat(message.type()).isEqualTo(0x0a0f);
        assertThat(message.flags()).isEqualTo(Message.MULTI);
        assertThat(message.family()).isEqualTo(10);
        var held = message.attributes();
        assertThat(held.be32(1, 0)).isEqualTo(-2);
        assertThat(held.text(2)).isEqualTo("näme");
        assertThat(held.get(3).u8(1, 0)).isEqualTo(200);
        assertThat(held.get(3).be64(2, 0)).isEqualTo(-5);
        assertThat(held.be32(9, 42)).as("an absent one").isEqualTo(42);
        assertThat(held.be64(1, 43)).as("one of another size").isEqualTo(43);
    }

    @Test
    void anErrorSaysWhatTheKernelAdds() {
        var octets = HexFormat.ofDelimiter(" ")
                .parseHex(String.join(
                        " ",
                        "30 00 00 00 02 00 00 03 07 00 00 00 01 00 00 00", // NLMSG_ERROR, ACK_TLVS and CAPPED
                        "ef ff ff ff", // -EEXIST
                        "24 00 00 00 00 0a 05 04 07 00 00 00 00 00 00 00",
                        "0a 00 01 00 74 77 69 63 65 00 00 00"));
        Message.parse(octets, octets.length, message -> {
            assertThat(message.errno()).isEqualTo(Errno.EEXIST);
            assertThat(message.extended().text(1)).isEqualTo("twice");
        });
    }

    /// Whatever the octets are, parsing ends, stays inside of them and throws nothing.
    @Test
    void parsingIsTotal() {
        for (long seed = 0; seed < 20_000; seed++) {
            var chance = new Random(seed);
            var octets = new byte[chance.nextInt(96)];
            chance.nextBytes(octets);
            if (octets.length > 20 && chance.nextBoolean()) {
                octets[0] = (byte) octets.length;
                octets[1] = octets[2] = octets[3] = 0;
            }
            Message.parse(octets, octets.length, message -> {
                message.errno();
                message.family();
                message.extended().text(1);
                walk(message.attributes(), 0);
            });
        }
    }

    private static void walk(Attributes held, int depth) {
        held.forEach((type, inner) -> {
            inner.text(1);
            inner.be32(1, 0);
            held.be64(type, 0);
            if (depth < 8) {
                walk(inner, depth + 1);
            }
        });
    }

    @Test
    void errorsHaveNamesThatManualsHave() {
        assertThat(List.of(1, 2, 4, 11, 12, 16, 17, 22, 24, 28, 34, 85, 90, 93, 95, 97, 105))
                .allSatisfy(errno -> assertThat(Errno.text(errno)).matches(Pattern.compile("E[A-Z]+ \\(.+\\)")));
        assertThat(Errno.text(7)).isEqualTo("errno 7");
    }
}
