package io.waymark.proxy.netlink.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Types and lengths of keys and values are those that `nft` itself declares.
class SetSpecTest {
    static List<Arguments> declared() {
        var four = DataType.IPV4_ADDRESS;
        var six = DataType.IPV6_ADDRESS;
        var mark = DataType.MARK;
        return List.of(
                Arguments.of(
                        "map m { type ipv4_addr . inet_proto . inet_service : mark . mark . mark . mark ; }",
                        SetSpec.map(
                                "m", List.of(four, DataType.PROTOCOL, DataType.PORT), List.of(mark, mark, mark, mark))),
                Arguments.of(
                        "map m { type mark . mark : ipv6_addr . inet_service ; }",
                        SetSpec.map("m", List.of(mark, mark), List.of(six, DataType.PORT))),
                Arguments.of(
                        "map m { type mark : verdict ; }", SetSpec.map("m", List.of(mark), List.of(DataType.VERDICT))),
                Arguments.of("set m { type ipv6_addr . ipv6_addr ; }", SetSpec.set("m", six, six)),
                Arguments.of("set m { type ipv4_addr ; }", SetSpec.set("m", four)),
                Arguments.of("set m { type ipv4_addr ; flags interval ; }", SetSpec.intervals("m", four)),
                Arguments.of("set m { type mark . ipv6_addr ; flags interval ; }", SetSpec.intervals("m", mark, six)),
                Arguments.of(
                        "map m { type ipv4_addr . mark : mark . mark ; flags dynamic,timeout ; timeout 1d ; size 1000 ; }",
                        SetSpec.learned("m", List.of(four, mark), List.of(mark, mark), 86_400_000, 1000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declared")
    void isWhatNftDeclares(String declaration, SetSpec spec) {
        try (var namespace = TestNamespace.make()) {
            namespace.command("nft", "table ip t {\n" + declaration + "\n}\n");
            assertThat(namespace.<List<String>>run(() -> {
                        try (var socket = NetlinkSocket.netfilter()) {
                            return new NftReader(socket).sets(NfFamily.IP, "t");
                        }
                    }))
                    .containsExactly(spec.signature());
        }
    }
}
