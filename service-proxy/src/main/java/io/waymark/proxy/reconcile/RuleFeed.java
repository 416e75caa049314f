package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleBuilder;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleNote;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Follows the cluster and the own Node and turns each change into one of the rules of both families.
/// Belongs to the thread of the source. Before the first sync nothing is handed on: rules made of half
/// a cluster would refuse what the other half serves.
public final class RuleFeed implements ClusterListener {
    private final String nodeName;
    private final List<RuleBuilder> builders;
    private final Reconciler reconciler;
    private final Supplier<List<IpAddress>> localAddresses;
    private final Consumer<RuleNote> notes;
    private boolean synced;

    /// @param localAddresses asked for the addresses on this host's interfaces, when the Node changes
    /// @param notes          told of each thing that is left out, once
    public RuleFeed(
            String nodeName,
            RuleConfig config,
            Reconciler reconciler,
            Supplier<List<IpAddress>> localAddresses,
            Consumer<RuleNote> notes) {
        this.nodeName = nodeName;
        this.reconciler = reconciler;
        this.localAddresses = localAddresses;
        this.notes = notes;
        var unknown = new NodeFacts(nodeName, "", List.of(), List.of(), List.of());
        this.builders = Arrays.stream(IpFamily.values())
                .map(family -> new RuleBuilder(config, unknown, family))
                .toList();
    }

    @Override
    public void changed(ClusterState state, ClusterChange change) {
        if (change instanceof ClusterChange.OfNode of && of.name().equals(nodeName)) {
            reconciler.node(of.after().map(Node::departure));
        }
        if (!synced) {
            return;
        }
        if (change instanceof ClusterChange.OfNode) {
            var facts = facts(state);
            builders.forEach(builder -> handOn(builder.rebuild(state, facts)));
        } else {
            builders.forEach(builder -> handOn(builder.changed(state, change)));
        }
    }

    @Override
    public void synced(ClusterState state) {
        var facts = facts(state);
        var rules = new ArrayList<RuleSet>();
        for (var builder : builders) {
            rules.add(builder.begin(state, facts));
            builder.notes().forEach(notes);
        }
        synced = true;
        reconciler.begin(rules);
    }

    private void handOn(RuleChanges changes) {
        changes.notes().forEach(notes);
        reconciler.add(changes);
    }

    private NodeFacts facts(ClusterState state) {
        var local = localAddresses.get();
        Optional<Node> node = state.node(nodeName);
        return node.map(known -> NodeFacts.of(known, local))
                .orElseGet(() -> new NodeFacts(nodeName, "", local, List.of(), local));
    }
}
