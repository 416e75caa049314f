package io.waymark.proxy.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.ChainsText;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chains in a kernel, from start to restart, with others at work in the same tables.
class NetlinkTablesTest {
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.of("192.0.2.1"), IpAddress.of("fd00:192::1"));
    private static final RuleConfig CONFIG = RuleConfig.IPTABLES.with(
            new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/24"), Cidr.of("fd00:244::/64"))));
    private static final String CLUSTER = """
            service   shop/web    10.96.0.1,fd00:96::1  80/TCP:30080 8080/UDP externalip=203.0.113.5,fd00:203::5
            slice     shop/web-1  web   8080/TCP 8080/UDP
            endpoint  shop/web-1  10.244.0.1 node=here
            endpoint  shop/web-1  10.244.0.2 node=here
            slice     shop/web-6  web   8080/TCP 8080/UDP
            endpoint  shop/web-6  fd00:244::1 node=here
            service   shop/own    10.96.0.2 80/TCP affinity=600
            slice     shop/own-1  own   8080/TCP
            endpoint  shop/own-1  10.244.0.2 node=here
            service   shop/none   10.96.0.5 80/TCP:30085
            """;

    @TempDir
    private Path folder;

    private final TestNamespace namespace = TestNamespace.make();
    private final NodeFacts facts = new NodeFacts("here", "a", ADDRESSES, List.of(), ADDRESSES);
    private final RuleWorld four = new RuleWorld(CONFIG, facts, IpFamily.IPV4);
    private final RuleWorld six = new RuleWorld(CONFIG, facts, IpFamily.IPV6);
    private final List<NetlinkTables> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(NetlinkTables::close);
        namespace.close();
    }

    private NetlinkTables start() {
        return start(ChainOptions.DEFAULT);
    }

    private NetlinkTables start(ChainOptions options) {
        return namespace.run(() -> {
            var tables = NetlinkTables.open(options);
            opened.add(tables);
            tables.start(List.of(four.rules(), six.rules()));
            return tables;
        });
    }

    private void put(NetlinkTables tables, String cluster) {
        var changes = List.of(four.put(cluster), six.put(cluster));
        namespace.run(() -> tables.apply(changes));
    }

    private List<String> audit(NetlinkTables tables) {
        return namespace.run(tables::everything);
    }

    private int generation() {
        return namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                return new NftReader(socket).generation();
            }
        });
    }

    private Set<String> listed(String program, Table table) {
        var rules = new TreeSet<String>();
        namespace
                .command(program + "-nft-save", "-t", table.toString())
                .lines()
                .filter(line -> line.startsWith("-A"))
                .forEach(rules::add);
        return rules;
    }

    private void assertKernelHolds(ChainOptions options) {
        for (var table : List.of(Table.FILTER, Table.NAT)) {
            assertThat(listed("iptables", table))
                    .containsAll(ChainsText.rules(new FamilyChains(four.rules(), options), table));
            assertThat(listed("ip6tables", table))
                    .containsAll(ChainsText.rules(new FamilyChains(six.rules(), options), table));
        }
    }

    private void iptables(String arguments) {
        namespace.command("sh", "-c", "iptables-nft " + arguments);
    }

    @Test
    void theKernelHoldsWhatTheRulesSayThroughChangesAndARestartWritesNothing() {
        four.put(CLUSTER);
        six.put(CLUSTER);
        var tables = start();
        assertKernelHolds(ChainOptions.DEFAULT);
        put(tables, "slice shop/own-1 own 8080/TCP\nendpoint shop/own-1 10.244.0.3 node=here");
        put(tables, "service shop/new 10.96.0.9 80/TCP\nslice shop/new-1 new 80/TCP\nendpoint shop/new-1 10.244.0.9");
        put(tables, "service shop/new headless 80/TCP");
        assertKernelHolds(ChainOptions.DEFAULT);
        assertThat(audit(tables)).isEmpty();
        int before = generation();
        start();
        assertThat(generation()).as("commits").isEqualTo(before);
    }

    @Test
    void chainsOfKubeProxyAreTakenOver() throws IOException {
        four.put(CLUSTER);
        var flat = new FamilyChains(four.rules(), ChainOptions.DEFAULT);
        var text = Files.writeString(folder.resolve("theirs"), ChainsText.restore(flat));
        namespace.command("iptables-nft-restore", text.toString());
        iptables("-t nat -N KUBE-SVC-AAAAAAAAAAAAAAAA");
        iptables("-t nat -A KUBE-SVC-AAAAAAAAAAAAAAAA -j KUBE-MARK-MASQ");
        var before = listed("iptables", Table.NAT);
        start();
        before.remove("-A KUBE-SVC-AAAAAAAAAAAAAAAA -j KUBE-MARK-MASQ");
        assertThat(listed("iptables", Table.NAT)).as("and each jump once").isEqualTo(before);
        assertThat(namespace.command("iptables-nft-save")).doesNotContain("AAAAAAAAAAAAAAAA");
    }

    @Test
    void whatOthersDamageIsRepairedAndWhatTheyHaveStays() {
        four.put(CLUSTER);
        iptables("-N DOCKER");
        iptables("-A DOCKER -s 172.17.0.0/16 -j RETURN");
        iptables("-A FORWARD -j DOCKER");
        iptables("-P FORWARD DROP");
        iptables("-t nat -N PRE_public");
        iptables("-t nat -A PREROUTING -j PRE_public");
        var foreign = listed("iptables", Table.FILTER);
        var tables = start();
        iptables("-t nat -A PREROUTING -p tcp --dport 99 -j ACCEPT");
        iptables("-t nat -I PREROUTING 2 -p tcp --dport 98 -j ACCEPT");
        iptables("-N FIREWALLD; iptables-nft -I INPUT -j FIREWALLD");
        assertThat(namespace.run(tables::verify)).isEmpty();
        iptables("-t nat -F KUBE-SERVICES");
        assertThat(audit(tables)).singleElement().asString().contains("KUBE-SERVICES");
        iptables("-t nat -D PREROUTING -m comment --comment 'kubernetes service portals' -j KUBE-SERVICES");
        iptables("-t nat -D KUBE-POSTROUTING 1");
        assertThat(audit(tables)).hasSize(2);
        iptables("-t nat -F; iptables-nft -t nat -X");
        assertThat(audit(tables)).isNotEmpty();
        assertThat(audit(tables)).isEmpty();
        assertKernelHolds(ChainOptions.DEFAULT);
        assertThat(listed("iptables", Table.FILTER)).containsAll(foreign).contains("-A INPUT -j FIREWALLD");
        assertThat(namespace.command("iptables-nft-save", "-t", "filter")).contains(":FORWARD DROP");
    }

    @Test
    void aGlanceTellsDamageFromOthersWork() {
        four.put(CLUSTER);
        six.put(CLUSTER);
        var tables = start();
        var chain = ChainsText.chains(new FamilyChains(four.rules(), ChainOptions.DEFAULT)).keySet().stream()
                .filter(it -> it.name().startsWith("KUBE-SEP-"))
                .findFirst()
                .orElseThrow()
                .name();
        iptables("-t nat -N OTHERS; iptables-nft -t nat -A OTHERS -j KUBE-MARK-MASQ");
        assertThat(verified(tables)).isEmpty();
        for (var damage : List.of(
                "-t nat -D " + chain + " 1",
                "-t nat -F " + chain,
                "-t nat -A " + chain + " -j RETURN",
                "-t nat -N KUBE-SVC-BBBBBBBBBBBBBBBB",
                "-t nat -R KUBE-MARK-MASQ 1 -j RETURN",
                "-D INPUT -j KUBE-FIREWALL",
                "-t mangle -X KUBE-PROXY-CANARY")) {
            iptables(damage);
            assertThat(verified(tables)).as(damage).hasSize(1);
        }
        assertThat(audit(tables)).isEmpty();
        assertKernelHolds(ChainOptions.DEFAULT);
    }

    /// What is found once it is time to look.
    private List<String> verified(NetlinkTables tables) {
        for (int look = 0; look < 100_000; look++) {
            var found = namespace.run(tables::verify);
            if (!found.isEmpty() || namespace.run(tables::isSure)) {
                return found;
            }
        }
        throw new AssertionError("it is never time to look");
    }

    @Test
    void aChainThatSomebodyElseLeadsToIsLeftWithoutRules() {
        four.put(CLUSTER);
        var tables = start();
        var chain = ChainsText.chains(new FamilyChains(four.rules(), ChainOptions.DEFAULT)).keySet().stream()
                .filter(it -> it.name().startsWith("KUBE-SVC-"))
                .findFirst()
                .orElseThrow()
                .name();
        iptables("-t nat -N OTHERS");
        iptables("-t nat -A OTHERS -j " + chain);
        var gone = "service shop/web headless 80/TCP\nservice shop/own headless 80/TCP";
        var changes = four.put(gone);
        namespace.run(() -> {
            try {
                return tables.apply(List.of(changes));
            } catch (ApplyException refused) {
                return tables.everything().size();
            }
        });
        assertThat(listed("iptables", Table.NAT))
                .contains("-A OTHERS -j " + chain)
                .noneMatch(rule -> rule.contains("shop/web"));
    }

    @Test
    void manyServicesGoIntoBucketsAndBackAndOneOfManyEndpointsIsOneRule() {
        var text = new StringBuilder("service a/big 10.96.9.1 80/TCP\nslice a/big-1 big 8080/TCP\n");
        for (int i = 1; i <= 200; i++) {
            text.append("endpoint a/big-1 10.244.9.%d\n".formatted(i));
        }
        var big = text.toString();
        for (int i = 1; i <= 250; i++) {
            text.append("service a/s%d 10.96.1.%d 80/TCP\n".formatted(i, i));
            text.append("slice a/s%d-1 s%d 80/TCP\nendpoint a/s%d-1 10.244.1.%d\n".formatted(i, i, i, i));
        }
        four.put(text.toString());
        var tables = start();
        var rest = new StringBuilder();
        for (int i = 1; i <= 10; i++) {
            rest.append("service b/s%d 10.96.2.%d 80/TCP\n".formatted(i, i));
            rest.append("slice b/s%d-1 s%d 80/TCP\nendpoint b/s%d-1 10.244.2.%d\n".formatted(i, i, i, i));
        }
        put(tables, rest.toString());
        assertKernelHolds(ChainOptions.DEFAULT);
        assertThat(namespace.command("iptables-nft-save", "-t", "nat")).contains("KUBE-SERVICES-x5");
        var more = four.put(big + "endpoint a/big-1 10.244.9.201");
        int rules = namespace.run(() -> tables.apply(List.of(more)));
        assertThat(rules).as("its own chain has two").isEqualTo(3);
        var less = four.put(big.replace("endpoint a/big-1 10.244.9.77\n", ""));
        assertThat(namespace.run(() -> tables.apply(List.of(less)))).isLessThanOrEqualTo(3);
        assertThat(audit(tables)).isEmpty();
        start(ChainOptions.DEFAULT.with(Dispatch.FLAT));
        assertKernelHolds(ChainOptions.DEFAULT.with(Dispatch.FLAT));
        assertThat(namespace.command("iptables-nft-save", "-t", "nat")).doesNotContain("KUBE-SERVICES-");
    }

    @Test
    void aHistoryOfChangesLeavesTheKernelAsTheRulesSay() {
        var history = new TrafficHistory(4711);
        var world = new RuleWorld(CONFIG, history.node(), IpFamily.IPV4);
        var tables = namespace.run(() -> {
            var made = NetlinkTables.open(ChainOptions.DEFAULT);
            opened.add(made);
            made.start(List.of(world.rules()));
            return made;
        });
        for (int i = 0; i < 300; i++) {
            var change = i % 50 == 49 ? world.move(history.node()) : world.apply(history.next());
            namespace.run(() -> tables.apply(List.of(change)));
            if (i % 25 == 0) {
                assertThat(audit(tables)).as("change %d", i).isEmpty();
            }
        }
        assertThat(audit(tables)).isEmpty();
    }
}
