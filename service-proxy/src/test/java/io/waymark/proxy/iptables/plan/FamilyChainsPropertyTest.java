package io.waymark.proxy.iptables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to a cluster: the changes lead from the chains before to the chains after, and no
/// rule ever leads nowhere.
class FamilyChainsPropertyTest {
    private static final int CHANGES = 2000;
    private static final RuleConfig CONFIG = RuleConfig.IPTABLES
            .with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:10:244::/56"))))
            .with(new NodePortAddresses.Primary());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711})
    void changesLeadFromBeforeToAfter(long seed) {
        for (var family : IpFamily.values()) {
            var history = new TrafficHistory(seed);
            var world = new RuleWorld(CONFIG, history.node(), family);
            var plan = new FamilyChains(world.rules(), ChainOptions.DEFAULT);
            var chains = StrictChains.with(plan);
            for (int i = 0; i < CHANGES; i++) {
                var changes = i % 50 == 49 ? world.move(history.node()) : world.apply(history.next());
                switch (plan.apply(changes)) {
                    case ChainStep.Change(var some) -> chains.apply(some);
                    case ChainStep.Everything all -> chains.everything(plan);
                }
                assertThat(chains.chains()).as("seed %d, change %d", seed, i).isEqualTo(StrictChains.of(plan));
            }
            assertThat(chains.chains())
                    .isEqualTo(StrictChains.of(new FamilyChains(world.rules(), ChainOptions.DEFAULT)));
        }
    }
}
