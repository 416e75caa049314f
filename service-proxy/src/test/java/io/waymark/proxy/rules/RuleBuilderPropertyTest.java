package io.waymark.proxy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happened, the rules are those of the state; and the deltas lead there.
class RuleBuilderPropertyTest {
    private static final int CHANGES = 2000;
    private static final RuleConfig CONFIG =
            RuleConfig.NFTABLES.with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"))));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711, 31337})
    void followingIsRebuilding(long seed) {
        for (var family : IpFamily.values()) {
            follow(seed, family, CONFIG);
        }
        follow(seed, IpFamily.IPV4, RuleConfig.IPTABLES.with(new LocalDetector.NodeCidr()));
    }

    private static void follow(long seed, IpFamily family, RuleConfig config) {
        var history = new TrafficHistory(seed);
        var world = new RuleWorld(config, history.node(), family);
        Map<ServicePortKey, ServiceRules> followed = new TreeMap<>();
        var node = world.rules().node();
        for (int i = 0; i < CHANGES; i++) {
            var changes = i % 50 == 49 ? world.move(history.node()) : world.apply(history.next());
            assertThat(changes.nodeBefore()).isEqualTo(node);
            node = changes.nodeAfter();
            apply(changes, followed);
            var because = "seed " + seed + ", change " + i;
            var rebuilt = world.rebuilt();
            assertThat(world.rules()).as(because).isEqualTo(rebuilt.rules());
            assertThat(world.notes()).as(because).isEqualTo(rebuilt.notes());
            assertThat(followed).as(because).isEqualTo(world.rules().services());
            assertThat(node).as(because).isEqualTo(world.rules().node());
            assertSane(world.rules());
        }
    }

    /// A delta says what was there, and changes it.
    private static void apply(RuleChanges changes, Map<ServicePortKey, ServiceRules> followed) {
        for (var delta : changes.services()) {
            assertThat(delta.before()).isNotEqualTo(delta.after());
            assertThat(followed.get(delta.key())).isEqualTo(delta.before().orElse(null));
            delta.after().ifPresentOrElse(it -> followed.put(delta.key(), it), () -> followed.remove(delta.key()));
        }
    }

    private static void assertSane(RuleSet rules) {
        var destinations = new HashSet<Destination>();
        for (var service : rules.services().values()) {
            for (var frontend : service.frontends()) {
                assertThat(destinations.add(frontend.destination()))
                        .as("%s has one owner", frontend.destination())
                        .isTrue();
                assertThat(service.entry(frontend)).isNotEqualTo(new Entry.Absent());
            }
            for (var list : BackendList.values()) {
                assertThat(service.backends(list)).doesNotHaveDuplicates();
                assertThat(service.uses(list) && service.backends(list).isEmpty())
                        .as("%s sends nobody to an empty list", service)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 99})
    void changesAddUp(long seed) {
        var history = new TrafficHistory(seed);
        var world = new RuleWorld(CONFIG, history.node(), IpFamily.IPV4);
        for (int batch = 0; batch < 200; batch++) {
            var before = world.rules().services();
            var sum = world.apply(history.next());
            for (int i = 0; i < 9; i++) {
                sum = sum.then(i == 5 ? world.move(history.node()) : world.apply(history.next()));
            }
            Map<ServicePortKey, ServiceRules> followed = new TreeMap<>(before);
            apply(sum, followed);
            assertThat(followed)
                    .as("seed %d, batch %d", seed, batch)
                    .isEqualTo(world.rules().services());
        }
    }
}
