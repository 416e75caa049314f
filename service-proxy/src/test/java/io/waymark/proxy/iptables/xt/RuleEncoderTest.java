package io.waymark.proxy.iptables.xt;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.ChainOptions.Invalid;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.RuleText;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.ChainsText;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.BatchResult;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.NodePortTargets.Loopback;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our rules in a kernel beside those that the real `iptables-nft` makes of the same text.
class RuleEncoderTest {
    private static final Pattern FIELDS_THEN_COMMENT =
            Pattern.compile("((?:(?! -m ).)*)( -m comment --comment (\"[^\"]*\"|\\S+))(.*)");

    @TempDir
    private Path folder;

    /// Every kind of rule, with every detector and both forms of node ports.
    private static List<FamilyChains> chains(IpFamily family) {
        boolean four = family == IpFamily.IPV4;
        var address = IpAddress.of(four ? "10.180.0.1" : "fd00:180::1");
        var node = new NodeFacts("n1", "", List.of(address), List.of(), List.of(address));
        var detectors = List.of(
                new LocalDetector.ClusterCidr(List.of(Cidr.of("10.180.1.0/24"), Cidr.of("fd00:181::/60"))),
                new LocalDetector.ClusterCidr(List.of(Cidr.of("10.176.0.0/12"), Cidr.of("fd00:181::/64"))),
                new LocalDetector.BridgeInterface("cni0"),
                new LocalDetector.InterfaceNamePrefix("veth"),
                new LocalDetector.None());
        var all = new ArrayList<FamilyChains>();
        for (var detector : detectors) {
            var config = RuleConfig.IPTABLES.with(detector);
            if (detector instanceof LocalDetector.None) {
                config = config.with(new NodePortAddresses.Primary()).with(RuleConfig.MasqueradeAll.YES);
            }
            var options = detector instanceof LocalDetector.BridgeInterface
                    ? new ChainOptions(Loopback.NOT_SERVED, Invalid.FORWARDED, ChainOptions.Dispatch.BUCKETS)
                    : ChainOptions.DEFAULT;
            var world = new RuleWorld(config, node, family);
            world.put(cluster(four));
            if (detector instanceof LocalDetector.None) {
                world.put(many(four));
            }
            all.add(new FamilyChains(world.rules(), options));
        }
        return all;
    }

    private static String cluster(boolean four) {
        return four ? """
                service   shop/web    172.30.0.41  http=80/TCP:30080 u=80/UDP:30080 s=80/SCTP:30081 lb=192.0.2.10 \
                externalip=203.0.113.5 etp=local health=31080 ranges=203.0.113.0/25,10.180.0.0/24
                slice     shop/web-1  web   http=8080/TCP u=8080/UDP s=8080/SCTP
                endpoint  shop/web-1  10.180.1.11 node=n1
                endpoint  shop/web-1  10.180.1.12 node=n1
                endpoint  shop/web-1  10.180.1.141 node=n2
                service   shop/dns    172.30.0.10 dns=53/UDP affinity=10800
                slice     shop/dns-1  dns   dns=5353/UDP
                endpoint  shop/dns-1  10.180.1.11 node=n1
                endpoint  shop/dns-1  10.180.1.141 node=n2
                service   shop/all    172.30.0.43 80/TCP:30082 externalip=203.0.113.6
                slice     shop/all-1  all   8080/TCP
                endpoint  shop/all-1  10.180.1.141 node=n2
                service   shop/far    172.30.0.44 80/TCP:30083 etp=local itp=local
                slice     shop/far-1  far   8080/TCP
                endpoint  shop/far-1  10.180.1.141 node=n2
                service   shop/empty  172.30.0.42 80/TCP:30084 53/SCTP
                """ : """
                service   shop/web    fd00:172::41  http=80/TCP:30080 u=80/UDP:30080 s=80/SCTP:30081 lb=fd00:192::10 \
                externalip=fd00:203::5 etp=local health=31080 ranges=fd00:203::/33,fd00:180::/64
                slice     shop/web-1  web   http=8080/TCP u=8080/UDP s=8080/SCTP
                endpoint  shop/web-1  fd00:181::11 node=n1
                endpoint  shop/web-1  fd00:181::12 node=n1
                endpoint  shop/web-1  fd00:181::141 node=n2
                service   shop/dns    fd00:172::10 dns=53/UDP affinity=10800
                slice     shop/dns-1  dns   dns=5353/UDP
                endpoint  shop/dns-1  fd00:181::11 node=n1
                endpoint  shop/dns-1  fd00:181::141 node=n2
                service   shop/empty  fd00:172::42 80/TCP:30084
                """;
    }

    /// Enough for buckets, and for a list whose shares are uneven numbers.
    private static String many(boolean four) {
        var text = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            text.append("service many/s%d %s 80/TCP:%d\n"
                    .formatted(i, four ? "172.30.1." + i % 256 : "fd00:172::1:" + Integer.toHexString(i), 30_100 + i));
            text.append("slice many/s%d-1 s%d 80/TCP\n".formatted(i, i));
            for (int j = 1; j <= i % 3 + 1; j++) {
                text.append("endpoint many/s%d-1 %s%d\n".formatted(i, four ? "10.180.2." : "fd00:182::", j));
            }
        }
        text.append("service many/big %s 80/TCP\nslice many/big-1 big 80/TCP\n"
                .formatted(four ? "172.30.2.1" : "fd00:172::2:1"));
        for (int j = 1; j <= 100; j++) {
            text.append("endpoint many/big-1 %s%d\n".formatted(four ? "10.180.3." : "fd00:183::", j));
        }
        return text.toString();
    }

    private static NfFamily nf(IpFamily family) {
        return family == IpFamily.IPV4 ? NfFamily.IP : NfFamily.IP6;
    }

    private static String iptables(IpFamily family) {
        return family == IpFamily.IPV4 ? "iptables-nft" : "ip6tables-nft";
    }

    /// Our batch with everything.
    static void write(TestNamespace namespace, FamilyChains chains) {
        var family = nf(chains.node().family());
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var batch = Batch.nftables();
                var writer = new TableBatch(batch, family);
                var encoder = new RuleEncoder(family);
                for (var table : Table.values()) {
                    writer.createTable(table, Set.of());
                }
                var all = ChainsText.chains(chains);
                all.keySet().stream()
                        .filter(chain -> chain.name().startsWith("KUBE-"))
                        .forEach(writer::create);
                all.forEach((chain, rules) -> rules.forEach(rule -> writer.append(chain, encoder.encode(rule))));
                assertThat(socket.transact(batch)).isEqualTo(new BatchResult.Committed());
                return true;
            }
        });
    }

    private void restore(TestNamespace namespace, FamilyChains chains) {
        try {
            var file = Files.writeString(folder.resolve("restore"), ChainsText.restore(chains));
            namespace.command(iptables(chains.node().family()) + "-restore", "--noflush", file.toString());
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleIsOctetForOctetWhatIptablesMakesOfItsText(IpFamily family) {
        for (var chains : chains(family)) {
            try (var theirs = TestNamespace.make()) {
                restore(theirs, chains);
                theirs.run(() -> {
                    try (var socket = NetlinkSocket.netfilter()) {
                        compare(chains, new TableReader(socket, nf(family)));
                        return true;
                    }
                });
            }
        }
    }

    private static void compare(FamilyChains chains, TableReader reader) throws Exception {
        var encoder = new RuleEncoder(nf(chains.node().family()));
        var text = new RuleText(chains.node().family(), RuleText.Style.LISTED);
        for (var chain : ChainsText.chains(chains).entrySet()) {
            var found = reader.rules(chain.getKey());
            assertThat(found).as(chain.getKey().toString()).hasSameSizeAs(chain.getValue());
            for (int i = 0; i < found.size(); i++) {
                var rule = chain.getValue().get(i);
                var ours = Attributes.of(encoder.encode(rule).expressions().toByteArray());
                assertThat(found.get(i).expressions())
                        .as(text.append(chain.getKey().name(), rule))
                        .isEqualTo(TableReader.withoutCounter(ours));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void iptablesListsOurRulesLikeItsOwnAndFindsAndDeletesThem(IpFamily family) {
        var save = iptables(family) + "-save";
        for (var chains : chains(family)) {
            try (var theirs = TestNamespace.make();
                    var ours = TestNamespace.make()) {
                restore(theirs, chains);
                write(ours, chains);
                for (var table : List.of("filter", "nat")) {
                    assertThat(rules(ours.command(save, "-t", table)))
                            .isEqualTo(rules(theirs.command(save, "-t", table)))
                            .containsExactlyInAnyOrderElementsOf(
                                    ChainsText.rules(chains, Table.valueOf(table.toUpperCase(Locale.ROOT))));
                }
                if (chains.size() < 100) {
                    checkAndDelete(ours, chains);
                }
            }
        }
    }

    private static List<String> rules(String saved) {
        return saved.lines().filter(line -> line.startsWith("-A")).sorted().toList();
    }

    /// In kube-proxy's own order of arguments: the comment first, then `-m tcp -p tcp -d`.
    private void checkAndDelete(TestNamespace namespace, FamilyChains chains) {
        var family = chains.node().family();
        var program = iptables(family);
        var text = new RuleText(family, RuleText.Style.GIVEN);
        var script = new StringBuilder("set -e\n");
        for (Map.Entry<ChainId, List<ChainRule>> chain :
                ChainsText.chains(chains).entrySet()) {
            for (var rule : chain.getValue()) {
                var where = " -t " + chain.getKey().table() + " ";
                var line = text.arguments(rule);
                var parts = FIELDS_THEN_COMMENT.matcher(line);
                var asTheirs = parts.matches() ? parts.group(2) + parts.group(1) + parts.group(4) : line;
                script.append(program)
                        .append(where)
                        .append("-C ")
                        .append(chain.getKey().name())
                        .append(asTheirs);
                script.append('\n');
                if (chain.getKey().table() == Table.NAT) {
                    script.append(program)
                            .append(where)
                            .append("-D ")
                            .append(chain.getKey().name())
                            .append(line);
                    script.append('\n');
                }
            }
        }
        try {
            var file = Files.writeString(folder.resolve("check"), script);
            namespace.command("sh", "-ex", file.toString());
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
        assertThat(rules(namespace.command(program + "-save", "-t", "nat"))).isEmpty();
    }
}
