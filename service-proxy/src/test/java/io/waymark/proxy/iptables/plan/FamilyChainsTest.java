package io.waymark.proxy.iptables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FamilyChainsTest {
    private static final NodeFacts NODE = new NodeFacts(
            "n1", "", List.of(IpAddress.of("10.180.0.1")), List.of(), List.of(IpAddress.of("10.180.0.1")));
    private static final RuleConfig CONFIG =
            RuleConfig.IPTABLES.with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.180.1.0/24"))));

    private final RuleWorld world = new RuleWorld(CONFIG, NODE, IpFamily.IPV4);

    private FamilyChains chains(ChainOptions options) {
        return new FamilyChains(world.rules(), options);
    }

    @Test
    void theWorkedExampleIsAsKubeProxyWritesIt() throws IOException {
        world.put("""
                service   shop/web    172.30.0.41  http=80/TCP:30080 lb=192.0.2.10 etp=local health=31080 \
                ranges=203.0.113.0/25,10.180.0.0/24
                slice     shop/web-1  web   http=8080/TCP
                endpoint  shop/web-1  10.180.1.11 node=n1
                endpoint  shop/web-1  10.180.1.12 node=n1
                endpoint  shop/web-1  10.180.1.141 node=n2
                service   kube-system/dns   172.30.0.10 dns=53/UDP affinity=10800
                slice     kube-system/dns-1 dns  dns=5353/UDP
                endpoint  kube-system/dns-1 10.180.1.11 node=n1
                endpoint  kube-system/dns-1 10.180.1.141 node=n2
                service   shop/empty  172.30.0.42 80/TCP
                """);
        var chains = chains(ChainOptions.DEFAULT);
        var lines = new ArrayList<String>();
        for (var table : List.of(Table.FILTER, Table.NAT)) {
            lines.add("*" + table);
            lines.addAll(ChainsText.rules(chains, table));
        }
        assertThat(String.join("\n", lines) + "\n").isEqualTo(text("worked-example.txt"));
    }

    private static String text(String resource) throws IOException {
        try (var stream = Objects.requireNonNull(FamilyChainsTest.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void many(int services) {
        var text = new StringBuilder();
        for (int i = 0; i < services; i++) {
            text.append("service a/s%d 10.96.%d.%d 80/TCP:%d\n".formatted(i, i / 200, i % 200 + 1, 30_000 + i));
            text.append("slice a/s%d-1 s%d 8080/TCP\nendpoint a/s%d-1 10.180.2.%d node=n2\n"
                    .formatted(i, i, i, i % 250 + 1));
        }
        world.put(text.toString());
    }

    @Test
    void manyEntriesAreDividedByTheLastOctet() {
        many(256);
        var chains = ChainsText.chains(chains(ChainOptions.DEFAULT));
        assertThat(ChainsText.rules(chains(ChainOptions.DEFAULT), Table.NAT))
                .contains(
                        "-A KUBE-SERVICES -d 0.0.0.5/0.0.0.15 -j KUBE-SERVICES-x5",
                        "-A KUBE-SERVICES-x5 -d 0.0.0.160/0.0.0.240 -j KUBE-SERVICES-A5",
                        "-A KUBE-NODEPORTS -p tcp -m tcp --dport 29952:30079 -j KUBE-NODEPORTS-tcp-29952");
        assertThat(chains.get(ChainId.nat("KUBE-SERVICES"))).hasSize(17);
        assertThat(chains.get(ChainId.nat("KUBE-SERVICES-05"))).hasSize(2);
        assertThat(chains.keySet().stream()
                        .filter(chain -> chain.name().startsWith("KUBE-SERVICES-"))
                        .count())
                .isEqualTo(272);
    }

    @Test
    void theFlatFormHasThemInOneChain() {
        many(256);
        var chains = ChainsText.chains(chains(ChainOptions.DEFAULT.with(Dispatch.FLAT)));
        assertThat(chains.get(ChainId.nat("KUBE-SERVICES"))).hasSize(257);
        assertThat(chains.get(ChainId.nat("KUBE-NODEPORTS"))).hasSize(256);
        assertThat(chains.keySet()).noneMatch(chain -> chain.name().startsWith("KUBE-SERVICES-"));
    }

    @Test
    void aChangeTouchesItsOwnChainsAndOneBucket() {
        many(300);
        var chains = chains(ChainOptions.DEFAULT);
        var added = (ChainStep.Change) chains.apply(world.put("""
                service  shop/new   10.96.7.165 80/TCP
                slice    shop/new-1 new 8080/TCP
                endpoint shop/new-1 10.180.1.9
                endpoint shop/new-1 10.180.1.8
                """));
        assertThat(added.changes().writes().stream()
                        .map(write -> write.chain().name().replaceFirst("-[A-Z2-7]{16}$", "")))
                .containsExactly("KUBE-SEP", "KUBE-SEP", "KUBE-SVC", "KUBE-SERVICES-A5");
        var less = (ChainStep.Change) chains.apply(world.put("""
                slice    shop/new-1 new 8080/TCP
                endpoint shop/new-1 10.180.1.8
                """));
        assertThat(less.changes().writes()).hasSize(1);
        assertThat(less.changes().removed()).hasSize(1);
        assertThat(chains.apply(world.put("slice shop/new-1 new 8080/TCP\nendpoint shop/new-1 10.180.1.8 serving")))
                .isEqualTo(new ChainStep.Change(new ChainChanges(List.of(), List.of())));
    }

    @Test
    void moreThanAThousandEndpointsHaveNoComments() {
        var text = new StringBuilder("service a/big 10.96.0.1 80/TCP\nslice a/big-1 big 8080/TCP\n");
        for (int i = 0; i <= 1000; i++) {
            text.append("endpoint a/big-1 10.181.%d.%d node=n2\n".formatted(i / 250, i % 250 + 1));
        }
        world.put(text.toString());
        var rules = ChainsText.rules(chains(ChainOptions.DEFAULT), Table.NAT);
        assertThat(rules).anyMatch(line -> line.contains("a/big cluster IP")).noneMatch(line -> line.contains(" -> "));
    }
}
