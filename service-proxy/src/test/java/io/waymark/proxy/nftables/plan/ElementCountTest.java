package io.waymark.proxy.nftables.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many elements an event changes: never more than it concerns itself.
class ElementCountTest {
    private static final IpAddress HERE = IpAddress.of("192.168.0.1");
    private final RuleWorld world = new RuleWorld(
            RuleConfig.NFTABLES.with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16")))),
            new NodeFacts("here", "a", List.of(HERE), List.of(), List.of(HERE)),
            IpFamily.IPV4);
    private final FamilyPlan plan = new FamilyPlan(world.rules(), Adopted.NOTHING, Set.of());

    private int count(String cluster) {
        return count(world.put(cluster));
    }

    private int count(RuleChanges changes) {
        return plan.apply(changes) instanceof PlanStep.Change(var structures, var elements) ? elements.count() : -1;
    }

    private static String slice(int endpoints) {
        return "slice shop/web-1 web 8080/TCP\n"
                + IntStream.rangeClosed(1, endpoints)
                        .mapToObj(i -> "endpoint shop/web-1 10.244.%d.%d node=%s\n"
                                .formatted(i / 200, 1 + i % 200, i == 1 ? "here" : "there"))
                        .collect(joining());
    }

    private int remove(String slice) {
        return count(world.apply(new ClusterDelta.RemoveSlice(new NamespacedName("shop", slice))));
    }

    @Test
    void aServiceIsThreeElementsAndTwoForEachEndpoint() {
        assertThat(count("service shop/web 10.96.0.1 80/TCP\n" + slice(5)))
                .as("frontend, entry, cluster IP; backends and hairpin pairs")
                .isEqualTo(3 + 5 + 5);
        assertThat(count(world.apply(new ClusterDelta.RemoveService(new NamespacedName("shop", "web")))))
                .isEqualTo(3 + 5 + 5);
    }

    @ParameterizedTest(name = "{0} to {1} endpoints with {2}: {3}, {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # from | to   | Service                                             | elements | because
            20     | 21   | 10.96.0.1 80/TCP                                    | 2        | backend and hairpin pair
            21     | 20   | 10.96.0.1 80/TCP                                    | 4        | the last one moves into the hole
            2      | 3    | 10.96.0.1 80/TCP                                    | 4        | and the entry for another size
            32     | 33   | 10.96.0.1 80/TCP                                    | 4        | likewise
            1000   | 1001 | 10.96.0.1 80/TCP                                    | 2        | however many there are
            20     | 21   | 10.96.0.1 80/TCP:30080 lb=203.0.113.1 externalip=198.51.100.7 | 2 | frontends do not matter
            2      | 3    | 10.96.0.1 80/TCP:30080 lb=203.0.113.1 externalip=198.51.100.7 | 6 | but for two entries
            20     | 21   | 10.96.0.1 80/TCP affinity=60                        | 4        | an id and a membership more
            2      | 3    | 10.96.0.1 80/TCP:30080 affinity=60 lb=203.0.113.1   | 8        | entries do not hold the size, but how to learn
            0      | 1    | 10.96.0.1 80/TCP                                    | 4        | the entry refuses no longer
            1      | 0    | 10.96.0.1 80/TCP                                    | 4        | the entry refuses again
            20     | 21   | 10.96.0.1 80/TCP:30080 etp=local                    | 2        | the endpoint is on another node
            """)
    void anEndpointChangesWhatConcernsIt(int from, int to, String service, int elements, String because) {
        count("service shop/web " + service + "\n" + (from == 0 ? "" : slice(from)));
        assertThat(to == 0 ? remove("web-1") : count(slice(to))).as(because).isEqualTo(elements);
    }

    @Test
    void theLastEndpointMovesIntoTheHole() {
        count("service shop/web 10.96.0.1 80/TCP\n" + slice(30));
        var without = slice(30).replaceFirst("endpoint shop/web-1 10.244.0.7 node=there\n", "");
        assertThat(count(without))
                .as("the hole and the last one deleted, the last one added; a hairpin pair")
                .isEqualTo(3 + 1);
    }

    @Test
    void anotherFrontendIsOneElement() {
        count("service shop/web 10.96.0.1 80/TCP externalip=198.51.100.7\n" + slice(3));
        assertThat(count("service shop/web 10.96.0.1 80/TCP externalip=198.51.100.7,198.51.100.8"))
                .isEqualTo(1);
        assertThat(count("service shop/web 10.96.0.1 80/TCP:30080 externalip=198.51.100.7,198.51.100.8"))
                .isEqualTo(1);
    }

    @Test
    void aFrontendThatGoesToAnotherServiceIsDeletedAndAdded() {
        count("service shop/web 10.96.0.1 80/TCP externalip=198.51.100.7 created=20");
        assertThat(count("service shop/zoo 10.96.0.2 80/TCP externalip=198.51.100.7 created=10"))
                .as("three of the new one, its external entry; the frontend twice")
                .isEqualTo(3 + 1 + 2);
    }

    @Test
    void anEndpointAddressIsNeededAsLongAsAnyServiceHasIt() {
        count("service shop/web 10.96.0.1 80/TCP\n" + slice(3));
        assertThat(count("service shop/zoo 10.96.0.2 80/TCP\n" + slice(3).replace("web", "zoo")))
                .as("no hairpin pair again")
                .isEqualTo(3 + 3);
        assertThat(remove("web-1")).as("nor gone yet; the entry refuses").isEqualTo(3 + 2);
        assertThat(remove("zoo-1")).isEqualTo(3 + 2 + 3);
    }

    @Test
    void moreEndpointsThanTheLargestSizeAreNotDrawn() {
        var many = "slice shop/web-1 web 8080/TCP\n"
                + IntStream.range(0, 16_500)
                        .mapToObj(i -> "endpoint shop/web-1 10.244.%d.%d\n".formatted(i / 256, i % 256))
                        .collect(joining());
        assertThat(count("service shop/web 10.96.0.1 80/TCP\n" + many)).isEqualTo(3 + 2 * 16_384);
    }

    @Test
    void sourceRangesAreOneElementEach() {
        count("service shop/web 10.96.0.1 80/TCP lb=203.0.113.1\n" + slice(3));
        assertThat(count("service shop/web 10.96.0.1 80/TCP lb=203.0.113.1 ranges=192.0.2.0/24,10.0.0.0/8,10.1.0.0/16"))
                .as("the frontend's kind twice, an entry, two ranges: one lies in another")
                .isEqualTo(2 + 1 + 2);
    }
}
