package io.waymark.proxy.nftables.skeleton;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.BatchResult;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.Chain;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.Rule;
import io.waymark.proxy.netlink.nft.SetSpec;
import io.waymark.proxy.netlink.nft.TableWriter;
import io.waymark.proxy.rules.node.Masquerade;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodePortTargets.Loopback;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.PodDetector;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The skeleton of each form of a node's rules, in a kernel: read back it is equal to itself, and `nft`
/// can list it.
class SkeletonTest {
    static NodeRules node(IpFamily family, PodDetector pods, Masquerade internal, NodePortTargets nodePorts) {
        return new NodeRules(
                family, RuleConfig.Form.NFTABLES, pods, internal, 1 << 14, nodePorts, List.of(), List.of());
    }

    static Stream<NodeRules> nodes() {
        return Stream.of(
                node(
                        IpFamily.IPV4,
                        new PodDetector.SourceIn(Cidr.of("10.244.0.0/17")),
                        Masquerade.UNLESS_POD,
                        new NodePortTargets.EveryLocal(Loopback.NOT_SERVED)),
                node(
                        IpFamily.IPV6,
                        new PodDetector.SourceIn(Cidr.of("fd00:10:244::/57")),
                        Masquerade.UNLESS_POD,
                        new NodePortTargets.EveryLocal(Loopback.NOT_SERVED)),
                node(
                        IpFamily.IPV4,
                        new PodDetector.ArrivesBy("cni0"),
                        Masquerade.UNLESS_POD,
                        new NodePortTargets.Only(List.of())),
                node(
                        IpFamily.IPV6,
                        new PodDetector.ArrivesByAny("veth"),
                        Masquerade.ALWAYS,
                        new NodePortTargets.Only(List.of())),
                node(
                        IpFamily.IPV4,
                        new PodDetector.Nobody(),
                        Masquerade.NEVER,
                        new NodePortTargets.EveryLocal(Loopback.SERVED)));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void readBackItIsEqualToItselfAndNftListsIt(NodeRules node) {
        var skeleton = Skeleton.of(node);
        var parts = List.of(skeleton.body(), skeleton.hooks(), skeleton.learning(), skeleton.affinity(10_800));
        try (var namespace = TestNamespace.make()) {
            namespace.run(() -> {
                try (var socket = NetlinkSocket.netfilter()) {
                    var batch = Batch.nftables();
                    var table = new TableWriter(batch, skeleton.family(), Skeleton.TABLE);
                    table.createTable(0, "the data path of Services");
                    for (var part : parts) {
                        part.sets().forEach(table::create);
                        part.chains().forEach(table::create);
                        part.rules().forEach(table::append);
                        part.decisions().forEach(table::add);
                    }
                    assertThat(socket.transact(batch)).isEqualTo(new BatchResult.Committed());
                    compare(skeleton, parts, new NftReader(socket));
                }
                return true;
            });
            var text = namespace.attempt("nft", "list", "ruleset");
            assertThat(text.code()).as(text.said()).isZero();
            assertThat(text.said())
                    .contains("table " + skeleton.family() + " waymark")
                    .contains("comment \"gone under way: let the client try again\"");
            assertThat(namespace.attempt("nft", "-a", "-n", "list", "ruleset").code())
                    .isZero();
            assertThat(namespace.attempt("nft", "-j", "list", "ruleset").code()).isZero();
        }
    }

    private static void compare(Skeleton skeleton, List<Structure> parts, NftReader reader) throws Exception {
        var family = skeleton.family();
        var chains = new ArrayList<Chain>();
        var rules = new ArrayList<Rule>();
        var sets = new ArrayList<SetSpec>();
        for (var part : parts) {
            chains.addAll(part.chains());
            rules.addAll(part.rules());
            sets.addAll(part.sets());
        }
        assertThat(Set.copyOf(reader.chains(family, Skeleton.TABLE))).isEqualTo(Set.copyOf(chains));
        assertThat(reader.sets(family, Skeleton.TABLE))
                .containsExactlyElementsOf(sets.stream().map(SetSpec::signature).toList());
        var found = reader.rules(family, Skeleton.TABLE).stream().collect(groupingBy(Rule::chain));
        var wanted = rules.stream().collect(groupingBy(Rule::chain));
        assertThat(found.keySet()).isEqualTo(wanted.keySet());
        wanted.forEach((chain, its) -> assertThat(found.get(chain)).as(chain).isEqualTo(its));
        for (var dispatch : Maps.Dispatch.values()) {
            var decisions = parts.stream()
                    .flatMap(part -> part.decisions().getOrDefault(dispatch.map(), List.of()).stream())
                    .toList();
            assertThat(Set.<Element>copyOf(reader.elements(family, Skeleton.TABLE, dispatch.map())))
                    .isEqualTo(Set.copyOf(decisions));
        }
    }
}
