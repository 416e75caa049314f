package io.waymark.proxy.netlink.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.netlink.MessageWriter;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Octets of expressions, of a little-endian host.
class ExpressionTest {
    static Stream<Arguments> octets() {
        return Stream.of(
                Arguments.of(
                        new Expression.Payload(8, Expression.Payload.NETWORK, 16, 4),
                        "340001800c0001007061796c6f61640024000280080001000000000808000200"
                                + "0000000108000300000000100800040000000004"),
                Arguments.of(
                        new Expression.Meta(9, Expression.Meta.Key.PROTOCOL),
                        "24000180090001006d6574610000000014000280080001000000000908000200" + "00000010"),
                Arguments.of(
                        new Expression.SetMark(8),
                        "24000180090001006d6574610000000014000280080002000000000308000300" + "00000008"),
                Arguments.of(
                        new Expression.Compare(8, false, Octets.of((byte) 127, (byte) 0, (byte) 0, (byte) 0)),
                        "2c00018008000100636d70002000028008000100000000080800020000000001"
                                + "0c000380080001007f000000"),
                Arguments.of(
                        new Expression.Bitwise(8, 8, Octets.ofHost(~0x4000), Octets.ofHost(0x4000)),
                        "440001800c000100626974776973650034000280080001000000000808000200"
                                + "0000000808000300000000040c00048008000100ffbfffff0c00058008000100" + "00400000"),
                Arguments.of(
                        new Expression.Member("cluster_ips", 8),
                        "2c0001800b0001006c6f6f6b757000001c00028010000100636c75737465725f"
                                + "697073000800020000000008"),
                Arguments.of(
                        new Expression.Lookup("frontends", 8, 11),
                        "340001800b0001006c6f6f6b75700000240002800e00010066726f6e74656e64"
                                + "730000000800020000000008080003000000000b"),
                Arguments.of(
                        new Expression.Decide(Verdict.goTo("refuse")),
                        "3c0001800e000100696d6d656469617465000000280002800800010000000000"
                                + "1c0002801800028008000100fffffffc0b0002007265667573650000"),
                Arguments.of(
                        new Expression.Decide(Verdict.RETURN),
                        "300001800e000100696d6d6564696174650000001c0002800800010000000000"
                                + "100002800c00028008000100fffffffb"),
                Arguments.of(
                        new Expression.Random(13, 5, 65536),
                        "340001800b0001006e756d67656e000024000280080001000000000d08000200"
                                + "0000000508000300000000010800040000010000"),
                Arguments.of(
                        new Expression.AddressType(8, true),
                        "2800018008000100666962001c00028008000100000000080800020000000003" + "0800030000000001"),
                Arguments.of(
                        new Expression.ConnectionStatus(8),
                        "2000018007000100637400001400028008000100000000080800020000000002"),
                Arguments.of(
                        new Expression.DestinationNat(NfFamily.IP6, 8, 12),
                        "30000180080001006e617400240002800800010000000001080002000000000a"
                                + "0800030000000008080005000000000c"),
                Arguments.of(new Expression.Masquerade(), "1c000180090001006d617371000000000c0002800800010000000010"),
                Arguments.of(
                        new Expression.Reject(NfFamily.IP),
                        "240001800b00010072656a656374000014000280080001000000000005000200" + "03000000"),
                Arguments.of(
                        new Expression.Reject(NfFamily.IP6),
                        "240001800b00010072656a656374000014000280080001000000000005000200" + "04000000"),
                Arguments.of(
                        new Expression.Update("affinity", 11, 17, 60_000),
                        "480001800b00010064796e7365740000380002800d000100616666696e697479"
                                + "000000000800030000000001080004000000000b08000500000000110c000600"
                                + "000000000000ea60"),
                Arguments.of(
                        new Expression.Remove("affinity", 11, 12),
                        "3c0001800b00010064796e73657400002c0002800d000100616666696e697479"
                                + "000000000800030000000002080004000000000b080005000000000c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("octets")
    void isComposedAndReadBack(Expression expression, String octets) {
        var writer = new MessageWriter();
        new ExpressionWriter(writer).write(expression);
        assertThat(HexFormat.of().formatHex(writer.toByteArray())).isEqualTo(octets);
        assertThat(ExpressionReader.read(Attributes.of(writer.toByteArray()))).isEqualTo(List.of(expression));
    }

    @Test
    void whatWeDoNotWriteIsForeign() {
        var writer = new MessageWriter();
        int element = writer.open(1);
        writer.text(1, "quota");
        writer.close(element);
        var read = ExpressionReader.read(Attributes.of(writer.toByteArray()));
        assertThat(read).isEqualTo(List.of(new Expression.Foreign("quota")));
        assertThatThrownBy(() -> new ExpressionWriter(writer).write(read.getFirst()))
                .hasMessageContaining("quota");
    }

    /// Whatever the octets of a rule are, they are read as some expressions.
    @Test
    void readingIsTotal() {
        var golden = octets().map(row -> HexFormat.of().parseHex((String) row.get()[1]))
                .toList();
        for (long seed = 0; seed < 20_000; seed++) {
            var chance = new Random(seed);
            var octets = golden.get(chance.nextInt(golden.size())).clone();
            for (int i = chance.nextInt(4); i >= 0; i--) {
                octets[chance.nextInt(octets.length)] = (byte) chance.nextInt(256);
            }
            assertThat(ExpressionReader.read(Attributes.of(octets))).isNotNull();
        }
    }
}
