package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import java.util.List;

/// A cluster and the rules that follow it on one node, for tests.
public final class RuleWorld {
    private final RuleConfig config;
    private final IpFamily family;
    private final ClusterState state = new ClusterState();
    private final RuleBuilder builder;
    private NodeFacts node;

    public RuleWorld(RuleConfig config, NodeFacts node, IpFamily family) {
        this.config = config;
        this.node = node;
        this.family = family;
        this.builder = new RuleBuilder(config, node, family);
    }

    /// The rules of a cluster (see [ClusterText]) in IPv4.
    public static RuleSet rules(RuleConfig config, NodeFacts node, String cluster) {
        var world = new RuleWorld(config, node, IpFamily.IPV4);
        world.put(cluster);
        return world.rules();
    }

    /// Brings all objects of the text, one by one.
    public RuleChanges put(String cluster) {
        var changes = new RuleChanges(rules().node(), rules().node(), List.of(), List.of());
        for (var delta : ClusterText.deltas(cluster)) {
            changes = changes.then(apply(delta));
        }
        return changes;
    }

    public RuleChanges apply(ClusterDelta delta) {
        return state.apply(delta)
                .map(change -> builder.changed(state, change))
                .orElseGet(() -> new RuleChanges(rules().node(), rules().node(), List.of(), List.of()));
    }

    public RuleChanges move(NodeFacts facts) {
        node = facts;
        return builder.rebuild(state, facts);
    }

    public RuleSet rules() {
        return builder.rules();
    }

    public List<RuleNote> notes() {
        return builder.notes();
    }

    /// What a builder says that sees the state for the first time.
    public RuleBuilder rebuilt() {
        var fresh = new RuleBuilder(config, node, family);
        fresh.begin(state, node);
        return fresh;
    }

    public ClusterState state() {
        return state;
    }
}
