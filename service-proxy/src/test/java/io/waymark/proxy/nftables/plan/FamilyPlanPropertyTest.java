package io.waymark.proxy.nftables.plan;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to a cluster: the changes lead from the elements before to the elements after, and
/// a plan that finds them in the kernel wants nothing changed.
class FamilyPlanPropertyTest {
    private static final int CHANGES = 2000;
    private static final RuleConfig CONFIG = RuleConfig.NFTABLES
            .with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:10:244::/56"))))
            .with(new NodePortAddresses.Primary());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711, 31337})
    void changesLeadFromBeforeToAfter(long seed) {
        for (var family : IpFamily.values()) {
            var history = new TrafficHistory(seed);
            var world = new RuleWorld(CONFIG, history.node(), family);
            var plan = new FamilyPlan(world.rules(), Adopted.NOTHING, Set.of());
            var maps = StrictMaps.with(plan);
            for (int i = 0; i < CHANGES; i++) {
                var changes = i % 50 == 49 ? world.move(history.node()) : world.apply(history.next());
                switch (plan.apply(changes)) {
                    case PlanStep.Change(var structures, var elements) -> maps.apply(elements);
                    case PlanStep.Rebuild rebuild -> throw new AssertionError("only addresses change");
                }
                assertThat(maps.elements()).as("seed %d, change %d", seed, i).isEqualTo(StrictMaps.of(plan));
                if (i % 100 == 0) {
                    assertDense(maps.elements());
                    var again = new FamilyPlan(world.rules(), new Adopted(maps.elements()), Set.of());
                    assertThat(StrictMaps.of(again))
                            .as("found after a restart: seed %d, change %d", seed, i)
                            .isEqualTo(maps.elements());
                }
            }
        }
    }

    /// The indices of each list of each service are 0, 1, 2 and so on.
    private static void assertDense(Map<String, Set<Element>> elements) {
        var lists = new TreeMap<String, TreeSet<Integer>>();
        for (var element : elements.getOrDefault(Maps.BACKENDS, Set.of())) {
            int index = element.key().host32(4);
            boolean local = index >= Maps.LOCAL_OFFSET;
            lists.computeIfAbsent(element.key().host32(0) + (local ? " local" : ""), id -> new TreeSet<>())
                    .add(local ? index - Maps.LOCAL_OFFSET : index);
        }
        lists.forEach((list, indices) -> assertThat(indices.last()).as(list).isEqualTo(indices.size() - 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 5})
    void aListWithAHoleIsMadeAnew(long seed) {
        var history = new TrafficHistory(seed);
        var world = new RuleWorld(CONFIG, history.node(), IpFamily.IPV4);
        for (int i = 0;
                i < 200
                        || world.rules().services().values().stream()
                                .allMatch(rules -> rules.cluster().isEmpty());
                i++) {
            world.apply(history.next());
        }
        var plan = new FamilyPlan(world.rules(), Adopted.NOTHING, Set.of());
        var found = StrictMaps.of(plan);
        found.computeIfPresent(
                Maps.BACKENDS,
                (set, elements) -> elements.stream()
                        .filter(element -> element.key().host32(4) != 0)
                        .collect(toSet()));
        var again = new FamilyPlan(world.rules(), new Adopted(found), Set.of());
        assertThat(StrictMaps.of(again).get(Maps.FRONTENDS)).isEqualTo(found.get(Maps.FRONTENDS));
        assertDense(StrictMaps.of(again));
    }
}
