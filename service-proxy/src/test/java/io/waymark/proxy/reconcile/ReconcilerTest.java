package io.waymark.proxy.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.rules.RuleBuilder;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the kernel refuses on the way, in the end it holds what the cluster says.
class ReconcilerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<IpAddress> LOCAL = List.of(IpAddress.of("192.168.0.1"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterTwoThousandChangesAndARefusalInTenTheKernelHoldsTheRules(long seed) throws Exception {
        var kernel = new RefusingKernel(seed);
        var metrics = new ProxyMetrics(InstantSource.system());
        var state = new ClusterState();
        try (var reconciler = new Reconciler(kernel, Duration.ofSeconds(30), metrics)) {
            reconciler.start();
            var feed = feed(reconciler);
            var history = new TrafficHistory(seed);
            for (int i = 0; i < 100; i++) {
                apply(state, feed, history.next());
            }
            feed.synced(state);
            for (int i = 0; i < 2000; i++) {
                apply(state, feed, history.next());
            }
            for (var family : IpFamily.values()) {
                assertThat(kernel.awaitHolds(rules(state, family), LIMIT))
                        .as(family.toString())
                        .isTrue();
            }
        }
        assertThat(kernel.broken()).isEmpty();
        assertThat(kernel.isClosed()).isTrue();
    }

    @Test
    void aNodeThatLeavesIsNotEligibleThoughItsRulesAreFine() throws Exception {
        var kernel = new RefusingKernel(1);
        var state = new ClusterState();
        try (var reconciler =
                new Reconciler(kernel, Duration.ofSeconds(30), new ProxyMetrics(InstantSource.system()))) {
            reconciler.start();
            var feed = feed(reconciler);
            feed.synced(state);
            assertThat(reconciler.awaitProgrammed(LIMIT)).isTrue();
            assertThat(reconciler.isEligible()).as("a Node that was never seen").isTrue();
            apply(state, feed, node(Node.Departure.STAYS));
            assertThat(reconciler.isEligible()).isTrue();
            apply(state, feed, node(Node.Departure.MARKED_BY_AUTOSCALER));
            assertThat(reconciler.isEligible()).isFalse();
            apply(state, feed, node(Node.Departure.STAYS));
            apply(state, feed, new ClusterDelta.RemoveNode("here"));
            assertThat(reconciler.isEligible()).as("a Node that is gone").isFalse();
            assertThat(reconciler.isHealthy()).isTrue();
        }
    }

    private static ClusterDelta node(Node.Departure departure) {
        return new ClusterDelta.PutNode(new Node("here", new Origin.None(), LOCAL, List.of(), "a", departure));
    }

    private static RuleFeed feed(Reconciler reconciler) {
        return new RuleFeed("here", RuleConfig.NFTABLES, reconciler, () -> LOCAL, note -> {});
    }

    private static void apply(ClusterState state, RuleFeed feed, ClusterDelta delta) {
        state.apply(delta).ifPresent(change -> feed.changed(state, change));
    }

    private static RuleSet rules(ClusterState state, IpFamily family) {
        var facts = new NodeFacts("here", "", LOCAL, List.of(), LOCAL);
        var builder = new RuleBuilder(RuleConfig.NFTABLES, facts, family);
        builder.rebuild(state, facts);
        return builder.rules();
    }
}
