package io.waymark.proxy.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.PodDetector;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When rules are handed on, and what of the node is in them.
class RuleFeedTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final IpAddress HERE = IpAddress.of("192.0.2.1");
    private static final IpAddress MORE = IpAddress.of("192.0.2.2");

    private final Held held = new Held();
    private final ProxyMetrics metrics = new ProxyMetrics(InstantSource.system());
    private final Reconciler reconciler = new Reconciler(new RefusingKernel(1), Duration.ofSeconds(30), metrics);
    private final ClusterState state = new ClusterState();
    private volatile List<IpAddress> local = List.of(HERE);

    /// The node's part of IPv4, each time that it is another.
    private static final class Held implements RuleFollower {
        private final BlockingQueue<NodeRules> nodes = new LinkedBlockingQueue<>();

        @Override
        public void begin(Collection<RuleSet> rules) {
            rules.forEach(set -> add(set.node()));
        }

        @Override
        public void change(Collection<RuleChanges> changes) {
            changes.stream()
                    .filter(change -> !change.nodeBefore().equals(change.nodeAfter()))
                    .forEach(change -> add(change.nodeAfter()));
        }

        private void add(NodeRules node) {
            if (node.family() == IpFamily.IPV4) {
                nodes.add(node);
            }
        }

        NodeRules next() throws InterruptedException {
            var next = nodes.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("rules of the node").isNotNull();
            return next;
        }

        @Override
        public void held() {}

        @Override
        public void repaired() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        reconciler.follow(held);
        reconciler.start();
    }

    @AfterEach
    void stop() {
        reconciler.close();
    }

    private RuleFeed feed(RuleConfig config) {
        return new RuleFeed("here", config, reconciler, () -> local, note -> {});
    }

    private void apply(RuleFeed feed, ClusterDelta delta) {
        state.apply(delta).ifPresent(change -> feed.changed(state, change));
    }

    private static ClusterDelta node(String podCidrs) {
        var cidrs = podCidrs.isEmpty() ? List.<Cidr>of() : List.of(Cidr.of(podCidrs));
        return new ClusterDelta.PutNode(
                new Node("here", new Origin.None(), List.of(HERE), cidrs, "a", Node.Departure.STAYS));
    }

    @Test
    void wherePodsAreToldByThePodRangesOfTheNodeNothingBeginsWithoutThem() throws InterruptedException {
        var feed = feed(RuleConfig.NFTABLES.with(new LocalDetector.NodeCidr()));
        apply(feed, node(""));
        feed.synced(state);
        ClusterText.deltas("service shop/web 10.96.0.1 80/TCP").forEach(delta -> apply(feed, delta));
        assertThat(feed.awaitBegun(Duration.ZERO)).isFalse();
        assertThat(held.nodes).isEmpty();
        apply(feed, node("10.244.3.0/24"));
        assertThat(feed.awaitBegun(Duration.ZERO)).isTrue();
        assertThat(held.next().pods()).isEqualTo(new PodDetector.SourceIn(Cidr.of("10.244.3.0/24")));
    }

    @Test
    void andWhenTheyChangeTheRulesFollow() throws InterruptedException {
        var feed = feed(RuleConfig.NFTABLES.with(new LocalDetector.NodeCidr()));
        apply(feed, node("10.244.3.0/24"));
        feed.synced(state);
        held.next();
        apply(feed, node("10.244.4.0/24"));
        assertThat(held.next().pods()).isEqualTo(new PodDetector.SourceIn(Cidr.of("10.244.4.0/24")));
    }

    @Test
    void anAddressThatComesToAnInterfaceServesNodePortsAtOnce() throws InterruptedException {
        var inside = new NodePortAddresses.Inside(List.of(Cidr.of("192.0.2.0/24")));
        var feed = feed(RuleConfig.IPTABLES.with(inside));
        apply(feed, node(""));
        feed.relocated();
        feed.synced(state);
        assertThat(held.next().nodePorts()).isEqualTo(new NodePortTargets.Only(List.of(HERE)));
        local = List.of(HERE, MORE);
        feed.relocated();
        var now = held.next();
        assertThat(now.nodePorts()).isEqualTo(new NodePortTargets.Only(List.of(HERE, MORE)));
        assertThat(now.localAddresses()).containsExactly(HERE, MORE);
        feed.relocated();
        apply(feed, node("10.244.0.0/24"));
        assertThat(held.nodes).as("nothing else has changed").isEmpty();
    }

    @Test
    void changesAreCountedByWhatChanged() throws InterruptedException {
        var feed = feed(RuleConfig.NFTABLES);
        feed.synced(state);
        assertThat(reconciler.awaitProgrammed(LIMIT)).isTrue();
        ClusterText.deltas("""
                service   shop/web   10.96.0.1 80/TCP
                slice     shop/web-1 web 8080/TCP
                endpoint  shop/web-1 10.244.0.1
                """).forEach(delta -> apply(feed, delta));
        assertThat(metrics.scrape())
                .contains(
                        "\nkubeproxy_sync_proxy_rules_service_changes_total 1\n",
                        "\nkubeproxy_sync_proxy_rules_endpoint_changes_total 1\n");
    }
}
