package io.waymark.proxy.nftables;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.ServiceCidr;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real connections through the rules: who answers, and whose address it sees.
class PacketsTest {
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.of("192.0.2.1"), IpAddress.of("fd00:192::1"));
    private static final String CLUSTER = """
            service   shop/web    10.96.0.1,fd00:96::1  80/TCP:30080 8080/UDP:30081 externalip=203.0.113.5,fd00:203::5
            slice     shop/web-1  web   8080/TCP 8080/UDP
            endpoint  shop/web-1  10.244.0.1 node=here
            slice     shop/web-6  web   8080/TCP 8080/UDP
            endpoint  shop/web-6  fd00:244::1 node=here
            service   shop/near   10.96.0.2 80/TCP:30082 etp=local lb=203.0.113.9
            slice     shop/near-1 near  8080/TCP
            endpoint  shop/near-1 10.244.0.2 node=here
            service   shop/far    10.96.0.3 80/TCP:30083 etp=local itp=local
            slice     shop/far-1  far   8080/TCP
            endpoint  shop/far-1  10.244.0.2 node=there
            service   shop/some   10.96.0.4 80/TCP lb=203.0.113.10 ranges=192.0.2.0/24
            slice     shop/some-1 some  8080/TCP
            endpoint  shop/some-1 10.244.0.2 node=there
            service   shop/none   10.96.0.5 80/TCP:30085 53/UDP
            """;

    private static PacketLab lab;
    private static NftApplier applier;
    private static RuleWorld four;
    private static RuleWorld six;

    @BeforeAll
    static void start() {
        lab = new PacketLab();
        var config = RuleConfig.NFTABLES.with(
                new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/24"), Cidr.of("fd00:244::/64"))));
        var facts = new NodeFacts("here", "a", ADDRESSES, List.of(), ADDRESSES);
        four = new RuleWorld(config, facts, IpFamily.IPV4);
        six = new RuleWorld(config, facts, IpFamily.IPV6);
        for (var world : List.of(four, six)) {
            world.put(CLUSTER);
            world.apply(new ClusterDelta.PutServiceCidr(new ServiceCidr(
                    "kubernetes", new Origin.None(), List.of(Cidr.of("10.96.0.0/16"), Cidr.of("fd00:96::/112")))));
        }
        applier = lab.node.run(() -> {
            var opened = NftApplier.open(Ownership.NONE);
            opened.start(List.of(four.rules(), six.rules()));
            return opened;
        });
    }

    @AfterAll
    static void stop() {
        applier.close();
        lab.close();
    }

    private static void bring(String cluster) {
        lab.node.run(() -> applier.apply(List.of(four.put(cluster), six.put(cluster))));
    }

    private static TestNamespace namespace(String name) {
        return switch (name) {
            case "client" -> lab.client;
            case "node" -> lab.node;
            default -> lab.pods.get(name.charAt(3) - '1');
        };
    }

    @ParameterizedTest(name = "{0} to {1} {2}:{3} is {4}: {5}")
    @CsvSource(delimiter = '|', textBlock = """
            # from  |     | address      | port  | answer                | because
            pod2    | TCP | 10.96.0.1    | 80    | pod1 10.244.0.2       | a Pod keeps its address
            pod2    | UDP | 10.96.0.1    | 8080  | pod1 10.244.0.2       | likewise
            pod2    | TCP | fd00:96::1   | 80    | pod1 fd00:244:0:0:0:0:0:2 | likewise
            pod2    | UDP | fd00:96::1   | 8080  | pod1 fd00:244:0:0:0:0:0:2 | likewise
            pod1    | TCP | 10.96.0.1    | 80    | pod1 10.244.0.254     | it reached itself: masqueraded
            pod1    | UDP | 10.96.0.1    | 8080  | pod1 10.244.0.254     | likewise
            pod1    | TCP | fd00:96::1   | 80    | pod1 fd00:244:0:0:0:0:0:fe | likewise
            client  | TCP | 10.96.0.1    | 80    | pod1 10.244.0.254     | not from a Pod
            client  | UDP | 10.96.0.1    | 8080  | pod1 10.244.0.254     | likewise
            node    | TCP | 10.96.0.1    | 80    | pod1 10.244.0.254     | a process of the node
            client  | TCP | 192.0.2.1    | 30080 | pod1 10.244.0.254     | a node port, policy Cluster
            client  | UDP | 192.0.2.1    | 30081 | pod1 10.244.0.254     | likewise
            client  | TCP | fd00:192::1  | 30080 | pod1 fd00:244:0:0:0:0:0:fe | likewise
            node    | TCP | 192.0.2.1    | 30080 | pod1 10.244.0.254     | also from the node itself
            pod2    | TCP | 192.0.2.1    | 30080 | pod1 10.244.0.254     | external traffic of a Pod is masqueraded too
            client  | TCP | 10.244.0.254 | 30080 | refused               | not an address that serves node ports
            client  | TCP | 203.0.113.5  | 80    | pod1 10.244.0.254     | an external IP
            client  | TCP | fd00:203::5  | 80    | pod1 fd00:244:0:0:0:0:0:fe | likewise
            client  | TCP | 192.0.2.1    | 30082 | pod2 192.0.2.10       | policy Local keeps the source
            client  | TCP | 203.0.113.9  | 80    | pod2 192.0.2.10       | likewise
            pod1    | TCP | 203.0.113.9  | 80    | pod2 10.244.0.1       | a Pod, source kept
            node    | TCP | 203.0.113.9  | 80    | pod2 10.244.0.254     | the node, masqueraded
            client  | TCP | 192.0.2.1    | 30083 | dropped               | policy Local, no endpoint on this node
            pod1    | TCP | 192.0.2.1    | 30083 | pod2 10.244.0.1       | a Pod reaches all endpoints
            pod1    | TCP | 10.96.0.3    | 80    | dropped               | internal policy Local, endpoints elsewhere only
            client  | TCP | 203.0.113.10 | 80    | pod2 10.244.0.254     | in the source ranges
            pod1    | TCP | 203.0.113.10 | 80    | dropped               | not in the source ranges
            pod1    | TCP | 10.96.0.4    | 80    | pod2 10.244.0.1       | ranges do not concern the cluster IP
            pod1    | TCP | 10.96.0.5    | 80    | refused               | no endpoints
            pod1    | UDP | 10.96.0.5    | 53    | refused               | likewise
            node    | TCP | 10.96.0.5    | 80    | refused               | likewise
            client  | TCP | 192.0.2.1    | 30085 | refused               | likewise
            pod1    | TCP | 10.96.0.1    | 81    | refused               | not a port of that cluster IP
            pod1    | TCP | fd00:96::1   | 81    | refused               | likewise
            node    | UDP | 10.96.0.1    | 81    | denied                | likewise, at once
            pod1    | TCP | 10.96.9.9    | 80    | dropped               | an address that nobody has
            pod1    | TCP | fd00:96::99  | 80    | dropped               | likewise
            pod1    | TCP | 10.244.0.2   | 8080  | pod2 10.244.0.1       | Pods reach each other as before
            """)
    void isAnswered(String from, String protocol, String address, int port, String answer, String because) {
        assertThat(lab.ask(namespace(from), protocol, address, port))
                .as(because)
                .isEqualTo(answer);
    }

    @Test
    void aClientOutsideOfTheRangesIsDropped() {
        assertThat(lab.ask(lab.client, "TCP", "198.51.100.10", "203.0.113.10", 80))
                .isEqualTo("dropped");
        assertThat(lab.ask(lab.client, "TCP", "198.51.100.10", "203.0.113.5", 80))
                .startsWith("pod1");
    }

    @Test
    void aClientStaysWithItsEndpointUntilThatGoes() {
        bring("""
                service   shop/own    10.96.0.20 80/TCP affinity=600
                slice     shop/own-1  own   8080/TCP
                endpoint  shop/own-1  10.244.0.1 node=here
                endpoint  shop/own-1  10.244.0.2 node=there
                endpoint  shop/own-1  10.244.0.3 node=there
                """);
        var first = answers(20, lab.client, "10.96.0.20");
        assertThat(first).hasSize(1);
        var gone = "10.244.0." + first.iterator().next().charAt(3);
        var slice = new StringBuilder("slice shop/own-1 own 8080/TCP\n");
        for (var address : List.of("10.244.0.1", "10.244.0.2", "10.244.0.3")) {
            if (!address.equals(gone)) {
                slice.append("endpoint shop/own-1 ").append(address).append(" node=there\n");
            }
        }
        bring(slice.toString());
        var second = answers(20, lab.client, "10.96.0.20");
        assertThat(second).as("another one, and that for good").hasSize(1).doesNotContainAnyElementsOf(first);
        bring("slice shop/own-2 own 8080/TCP\nendpoint shop/own-2 " + gone);
        assertThat(answers(20, lab.client, "10.96.0.20")).isEqualTo(second);
        assertThat(lab.node.run(applier::audit)).isEmpty();
        assertThat(lab.node.attempt("nft", "-j", "list", "ruleset").code()).isZero();
    }

    private static Set<String> answers(int times, TestNamespace from, String address) {
        return IntStream.range(0, times)
                .mapToObj(i -> lab.ask(from, "TCP", address, 80))
                .collect(toSet());
    }
}
