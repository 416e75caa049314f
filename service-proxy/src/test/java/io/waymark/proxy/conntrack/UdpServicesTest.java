package io.waymark.proxy.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.ServiceCidr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpServicesTest {
    private static final IpAddress HERE = IpAddress.of("192.0.2.1");
    private static final NodeFacts NODE = new NodeFacts("here", "a", List.of(HERE), List.of(), List.of(HERE));

    private final RuleWorld world = new RuleWorld(RuleConfig.NFTABLES, NODE, IpFamily.IPV4);
    private final UdpServices services = new UdpServices();

    @BeforeEach
    void begin() {
        world.apply(new ClusterDelta.PutServiceCidr(
                new ServiceCidr("kubernetes", new Origin.None(), List.of(Cidr.of("10.96.0.0/16")))));
        world.put("""
                service   shop/dns    10.96.0.10 53/UDP:30053 53/TCP lb=203.0.113.9 externalip=203.0.113.5
                slice     shop/dns-1  dns  5353/UDP 5353/TCP
                endpoint  shop/dns-1  10.244.0.1
                endpoint  shop/dns-1  10.244.0.2 notready serving terminating
                endpoint  shop/dns-1  10.244.0.3 notready notserving
                service   shop/none   10.96.0.11 53/UDP
                service   shop/web    10.96.0.12 80/TCP
                """);
        services.begin(List.of(world.rules()));
    }

    private static Backend place(String text) {
        int colon = text.lastIndexOf(':');
        return new Backend(IpAddress.of(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    private boolean isStale(String to, String answerer) {
        return services.isStale(
                new Flow(place(to), place(answerer), Attributes.NONE, Attributes.NONE, Attributes.NONE));
    }

    private List<String> change(String cluster) {
        return change(world.put(cluster));
    }

    private List<String> change(RuleChanges changes) {
        var suspects = new ArrayList<Destination>();
        services.change(List.of(changes), suspects::add);
        return suspects.stream().map(Destination::toString).distinct().sorted().toList();
    }

    @ParameterizedTest(name = "a flow to {0} that {1} answers is stale: {2}, for {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # to             | answered by        | stale | because
            10.96.0.10:53    | 10.244.0.1:5353    | false | it is ready
            10.96.0.10:53    | 10.244.0.2:5353    | false | it serves until it ends
            10.96.0.10:53    | 10.244.0.3:5353    | true  | it does not serve
            10.96.0.10:53    | 10.244.0.1:53      | true  | nobody serves that port
            10.96.0.10:53    | 10.244.9.9:5353    | true  | it is gone
            10.96.0.10:53    | 10.96.0.10:53      | true  | it passed before the Service was there
            203.0.113.9:53   | 10.244.9.9:5353    | true  | the load balancer's address is the Service's too
            203.0.113.5:53   | 203.0.113.5:53     | true  | so is an external IP
            203.0.113.5:53   | 10.244.0.1:5353    | false | served
            192.0.2.1:30053  | 10.244.9.9:5353    | true  | a node port on an address of the node
            192.0.2.1:30053  | 10.244.0.1:5353    | false | served
            198.51.100.7:30053 | 198.51.100.7:30053 | false | the same port of somebody else
            192.0.2.1:30054  | 10.244.9.9:5353    | false | no node port
            10.96.0.11:53    | 10.244.9.9:5353    | true  | its last endpoint is gone
            10.96.0.12:80    | 10.244.9.9:80      | true  | a cluster IP, and no Service of UDP sends it there
            10.96.77.77:53   | 10.244.9.9:5353    | true  | the Service went while nobody looked
            10.96.77.77:53   | 10.96.77.77:53     | false | it was never a Service's
            8.8.8.8:53       | 8.8.8.8:53         | false | nobody's
            8.8.8.8:53       | 10.244.0.1:5353    | false | others change destinations too
            """)
    void isStale(String to, String answerer, boolean stale, String because) {
        assertThat(isStale(to, answerer)).as(because).isEqualTo(stale);
    }

    @Test
    void oneMoreEndpointMakesNoFlowStale() {
        assertThat(change("slice shop/dns-2 dns 5353/UDP\nendpoint shop/dns-2 10.244.0.7"))
                .isEmpty();
        assertThat(isStale("10.96.0.10:53", "10.244.0.7:5353")).isFalse();
    }

    @Test
    void theFirstEndpointDoes() {
        assertThat(change("slice shop/none-1 none 53/UDP\nendpoint shop/none-1 10.244.0.7"))
                .containsExactly("10.96.0.11:53/UDP");
    }

    @Test
    void anEndpointThatGoesDoesAtEachDestination() {
        assertThat(change("slice shop/dns-1 dns 5353/UDP\nendpoint shop/dns-1 10.244.0.2"))
                .containsExactly(
                        "10.96.0.10:53/UDP", "203.0.113.5:53/UDP", "203.0.113.9:53/UDP", "node port 30053/UDP");
    }

    @Test
    void aServiceThatIsGoneTakesItsOwnFlowsOnly() {
        change(world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "dns"))));
        assertThat(isStale("203.0.113.5:53", "10.244.0.1:5353")).isTrue();
        assertThat(isStale("192.0.2.1:30053", "10.244.0.1:5353")).isTrue();
        assertThat(isStale("203.0.113.5:53", "203.0.113.5:53"))
                .as("the address is its own again")
                .isFalse();
        assertThat(isStale("203.0.113.5:53", "10.244.9.9:5353"))
                .as("never an endpoint of it")
                .isFalse();
    }

    @Test
    void whatWasLookedThroughIsForgottenUnlessItWasLeftAgain() {
        change(world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "dns"))));
        var first = services.left();
        change("service shop/dns 10.96.0.10 53/UDP externalip=203.0.113.5");
        change(world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "dns"))));
        services.forget(first);
        assertThat(isStale("203.0.113.5:53", "10.244.0.1:5353")).isTrue();
        services.forget(services.left());
        assertThat(isStale("203.0.113.5:53", "10.244.0.1:5353")).isFalse();
    }

    @Test
    void anAddressThatTheNodeGetsMakesItsNodePortsSuspect() {
        var more = IpAddress.of("192.0.2.2");
        assertThat(change(world.move(new NodeFacts("here", "a", List.of(more), List.of(), List.of(HERE, more)))))
                .containsExactly("node port 30053/UDP");
        assertThat(isStale("192.0.2.2:30053", "192.0.2.2:30053")).isTrue();
    }
}
