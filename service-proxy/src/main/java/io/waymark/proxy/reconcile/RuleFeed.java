package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleBuilder;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleNote;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.Node;
import io.waymark.source.ChangeTime;
import io.waymark.source.SourceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the cluster and the own Node and turns each change into one of the rules of both families.
/// Told by the thread of the source, and by another of addresses: each call locks. Before the first sync nothing is
/// handed on: rules made of half
/// a cluster would refuse what the other half serves.
public final class RuleFeed implements ClusterListener {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");

    private final String nodeName;
    private final List<RuleBuilder> builders;
    private final Reconciler reconciler;
    private final Supplier<List<IpAddress>> localAddresses;
    private final Consumer<RuleNote> notes;
    private final boolean needsPodCidrs;
    private final CountDownLatch begun = new CountDownLatch(1);
    private boolean asksForPodCidrs;
    private boolean synced;
    /// That of the slice that changed last.
    private IpFamily sliceFamily = IpFamily.IPV4;

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
        this.needsPodCidrs = config.detector() instanceof LocalDetector.NodeCidr;
        var unknown = new NodeFacts(nodeName, "", List.of(), List.of(), List.of());
        this.builders = Arrays.stream(IpFamily.values())
                .map(family -> new RuleBuilder(config, unknown, family))
                .toList();
    }

    @Override
    public synchronized void changed(ClusterState state, ClusterChange change) {
        if (change instanceof ClusterChange.OfNode of && of.name().equals(nodeName)) {
            reconciler.node(of.after().map(Node::departure));
        }
        reconciler.saw(change);
        if (change instanceof ClusterChange.OfSlice of) {
            of.after().ifPresent(slice -> sliceFamily = slice.endpoints().family());
        }
        if (!synced) {
            if (asksForPodCidrs && change instanceof ClusterChange.OfNode) {
                begin(state);
            }
            return;
        }
        if (change instanceof ClusterChange.OfNode) {
            var facts = facts(state);
            builders.forEach(builder -> handOn(builder.rebuild(state, facts)));
            return;
        }
        var changes =
                builders.stream().map(builder -> builder.changed(state, change)).toList();
        if (!changes.stream().allMatch(RuleChanges::isEmpty)) {
            reconciler.waits(change);
        }
        changes.forEach(this::handOn);
    }

    /// What the source says of a change that it has just brought.
    public void saw(SourceEvent event) {
        if (event instanceof SourceEvent.Programmed(var kind, var by, var after) && by == ChangeTime.Clock.CONTROLLER) {
            reconciler.made(sliceFamily, after);
        }
    }

    @Override
    public synchronized void synced(ClusterState state) {
        asksForPodCidrs = true;
        begin(state);
    }

    /// Without the Node's Pod ranges, where it is they that tell Pods from others, nothing begins.
    private void begin(ClusterState state) {
        var facts = facts(state);
        if (needsPodCidrs && facts.podCidrs().isEmpty()) {
            LOG.info("Waiting for Node {} to have podCIDRs", nodeName);
            return;
        }
        var rules = new ArrayList<RuleSet>();
        for (var builder : builders) {
            rules.add(builder.begin(state, facts));
            builder.notes().forEach(notes);
        }
        synced = true;
        begun.countDown();
        reconciler.begin(rules);
    }

    /// Addresses have come to this host's interfaces, or gone.
    public synchronized void relocated() {
        if (synced) {
            var local = localAddresses.get();
            builders.forEach(builder -> handOn(builder.relocate(local)));
        }
    }

    /// Waits for what rules cannot be made without; false if that takes longer.
    public boolean awaitBegun(Duration max) throws InterruptedException {
        return begun.await(max.toNanos(), TimeUnit.NANOSECONDS);
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
