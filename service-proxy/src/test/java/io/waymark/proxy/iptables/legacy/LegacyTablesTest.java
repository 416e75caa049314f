package io.waymark.proxy.iptables.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.ChainsText;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chains in the tables of the real iptables-legacy.
class LegacyTablesTest {
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.of("192.0.2.1"), IpAddress.of("fd00:192::1"));
    private static final RuleConfig CONFIG = RuleConfig.IPTABLES.with(
            new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/24"), Cidr.of("fd00:244::/64"))));
    private static final String CLUSTER = """
            service   shop/web    10.96.0.1,fd00:96::1  80/TCP:30080 8080/UDP externalip=203.0.113.5,fd00:203::5
            slice     shop/web-1  web   8080/TCP 8080/UDP
            endpoint  shop/web-1  10.244.0.1 node=here
            endpoint  shop/web-1  10.244.0.2 node=here
            endpoint  shop/web-1  10.244.0.3 node=here
            slice     shop/web-6  web   8080/TCP 8080/UDP
            endpoint  shop/web-6  fd00:244::1 node=here
            service   shop/own    10.96.0.2 80/TCP affinity=600 lb=203.0.113.7 etp=local health=31080 \
            ranges=203.0.113.0/25
            slice     shop/own-1  own   8080/TCP
            endpoint  shop/own-1  10.244.0.2 node=here
            service   shop/none   10.96.0.5 80/TCP:30085
            """;

    private final TestNamespace namespace = TestNamespace.make();
    private final NodeFacts facts = new NodeFacts("here", "a", ADDRESSES, List.of(), ADDRESSES);
    private final RuleWorld four = new RuleWorld(CONFIG, facts, IpFamily.IPV4);
    private final RuleWorld six = new RuleWorld(CONFIG, facts, IpFamily.IPV6);

    @BeforeEach
    void needLegacy() {
        boolean there = namespace.attempt("iptables-legacy", "-t", "nat", "-L").code() == 0
                && namespace.attempt("ip6tables-legacy", "-t", "nat", "-L").code() == 0;
        Assumptions.assumeTrue(there, "no iptables-legacy here, or a kernel without it");
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private LegacyTables start() {
        return namespace.run(() -> {
            var tables = LegacyTables.open(ChainOptions.DEFAULT);
            tables.start(List.of(four.rules(), six.rules()));
            return tables;
        });
    }

    private void put(LegacyTables tables, String cluster) {
        var changes = List.of(four.put(cluster), six.put(cluster));
        namespace.run(() -> tables.apply(changes));
    }

    private List<String> listed(String program, Table table) {
        return namespace
                .command(program + "-legacy-save", "-t", table.toString())
                .lines()
                .filter(line -> line.startsWith("-A"))
                .toList();
    }

    private void assertKernelHolds() {
        for (var table : List.of(Table.FILTER, Table.NAT)) {
            assertThat(listed("iptables", table))
                    .containsAll(ChainsText.rules(new FamilyChains(four.rules(), ChainOptions.DEFAULT), table));
            assertThat(listed("ip6tables", table))
                    .containsAll(ChainsText.rules(new FamilyChains(six.rules(), ChainOptions.DEFAULT), table));
        }
    }

    @Test
    void theKernelHoldsWhatTheRulesSayAndWhatIsDamagedIsRepaired() {
        four.put(CLUSTER);
        six.put(CLUSTER);
        namespace.command("sh", "-ec", """
                iptables-legacy -N DOCKER; iptables-legacy -A FORWARD -j DOCKER
                iptables-legacy -t nat -A PREROUTING -p tcp --dport 99 -j ACCEPT
                """);
        var tables = start();
        assertKernelHolds();
        assertThat(namespace.run(tables::audit))
                .as("all is listed as it was meant")
                .isEmpty();
        put(tables, "slice shop/own-1 own 8080/TCP\nendpoint shop/own-1 10.244.0.3 node=here");
        put(tables, "service shop/none headless 80/TCP");
        assertKernelHolds();
        namespace.command("iptables-legacy", "-t", "nat", "-F", "KUBE-SERVICES");
        namespace.command("iptables-legacy", "-t", "nat", "-F", "PREROUTING");
        assertThat(namespace.run(tables::audit)).hasSize(2);
        assertKernelHolds();
        assertThat(namespace.run(LegacyUse::isNodesOwn)).isTrue();
        assertThat(namespace.run(LegacyCleanup::run)).isPositive();
        assertThat(namespace.command("iptables-legacy-save"))
                .doesNotContain("KUBE")
                .contains("-j DOCKER");
        assertThat(namespace.command("ip6tables-legacy-save")).doesNotContain("KUBE");
    }

    @Test
    void aNodeWhoseKubeletIsAtHomeInNftUsesThat() {
        namespace.command("iptables-legacy", "-t", "nat", "-N", "MANY");
        namespace.command("iptables-legacy", "-t", "nat", "-A", "MANY", "-j", "RETURN");
        assertThat(namespace.run(LegacyUse::isNodesOwn)).isTrue();
        namespace.command("iptables-nft", "-t", "mangle", "-N", "KUBE-IPTABLES-HINT");
        assertThat(namespace.run(LegacyUse::isNodesOwn)).isFalse();
    }
}
