package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Comments;
import io.waymark.proxy.iptables.chains.FixedChains;
import io.waymark.proxy.iptables.chains.PortChains;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleDelta;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodeRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The chains that must be there in one family: the rules so far, from which chains are made when they
/// are asked for. It changes as if every change succeeded; when the kernel refuses one, comparing the
/// two repairs it. Not for several threads.
public final class FamilyChains {
    /// Endpoints from which on kube-proxy leaves comments out.
    private static final int LARGE = 1000;
    /// Endpoints below which they are written again.
    private static final int LARGE_BACK = 750;

    private final ChainOptions options;
    private final TreeMap<ServicePortKey, ServiceRules> services = new TreeMap<>();
    private final SharedChains shared;
    private NodeRules node;
    private int endpoints;
    private Comments comments = Comments.WRITTEN;

    public FamilyChains(RuleSet desired, ChainOptions options) {
        this.options = options;
        node = desired.node();
        shared = new SharedChains(options.dispatch(), services);
        for (var rules : desired.services().values()) {
            keep(rules);
        }
        settle();
    }

    private void keep(ServiceRules rules) {
        services.put(rules.key(), rules);
        shared.enter(rules, node);
        endpoints += endpoints(rules);
    }

    private void release(ServiceRules rules) {
        services.remove(rules.key());
        shared.leave(rules, node);
        endpoints -= endpoints(rules);
    }

    private static int endpoints(ServiceRules rules) {
        return Math.max(rules.cluster().size(), rules.local().size());
    }

    /// Brings the forms to the sizes. @return whether one is another now
    private boolean settle() {
        var before = comments;
        if (endpoints > LARGE) {
            comments = Comments.LEFT_OUT;
        } else if (endpoints < LARGE_BACK) {
            comments = Comments.WRITTEN;
        }
        boolean isDividedOtherwise = shared.settle();
        return isDividedOtherwise || comments != before;
    }

    /// Plans one change, and takes it for done.
    public ChainStep apply(RuleChanges change) {
        if (isOther(change.nodeAfter())) {
            change.services().forEach(this::take);
            var rules = List.copyOf(services.values());
            rules.forEach(this::release);
            node = change.nodeAfter();
            rules.forEach(this::keep);
            settle();
            return new ChainStep.Everything();
        }
        var slots = new LinkedHashSet<ChainId>();
        for (var delta : change.services()) {
            delta.before().ifPresent(rules -> slots.addAll(shared.slots(rules, node)));
            delta.after().ifPresent(rules -> slots.addAll(shared.slots(rules, node)));
        }
        var own = new LinkedHashMap<ChainId, Optional<List<ChainRule>>>();
        for (var delta : change.services()) {
            own(delta.key()).forEach((chain, rules) -> own.put(chain, Optional.of(rules)));
        }
        var sharedBefore = shared.rules(slots, node);
        change.services().forEach(this::take);
        if (settle()) {
            return new ChainStep.Everything();
        }
        var after = new LinkedHashMap<ChainId, List<ChainRule>>();
        for (var delta : change.services()) {
            after.putAll(own(delta.key()));
        }
        return new ChainStep.Change(changes(own, after, sharedBefore, shared.rules(slots, node)));
    }

    private ChainChanges changes(
            Map<ChainId, Optional<List<ChainRule>>> ownBefore,
            Map<ChainId, List<ChainRule>> ownAfter,
            Map<ChainId, List<ChainRule>> sharedBefore,
            Map<ChainId, List<ChainRule>> sharedAfter) {
        var writes = new ArrayList<ChainChanges.Write>();
        var removed = new ArrayList<ChainId>();
        ownAfter.forEach((chain, rules) -> {
            var before = ownBefore.getOrDefault(chain, Optional.empty());
            if (before.isEmpty() || !before.get().equals(rules)) {
                writes.add(new ChainChanges.Write(chain, before, rules));
            }
        });
        sharedAfter.forEach((chain, rules) -> {
            var before = Optional.ofNullable(sharedBefore.get(chain));
            if (before.isEmpty() || !before.get().equals(rules)) {
                writes.add(new ChainChanges.Write(chain, before, rules));
            }
        });
        sharedBefore.keySet().stream()
                .filter(chain -> !sharedAfter.containsKey(chain))
                .forEach(removed::add);
        ownBefore.keySet().stream()
                .filter(chain -> !ownAfter.containsKey(chain))
                .forEach(removed::add);
        return new ChainChanges(writes, removed);
    }

    private void take(RuleDelta delta) {
        var known = Optional.ofNullable(services.get(delta.key()));
        known.ifPresent(this::release);
        delta.after()
                .map(rules -> known.map(before -> ordered(before, rules)).orElse(rules))
                .ifPresent(this::keep);
    }

    private static ServiceRules ordered(ServiceRules before, ServiceRules after) {
        return new ServiceRules(
                after.key(),
                after.frontends(),
                after.internal(),
                after.external(),
                after.admitted(),
                after.affinitySeconds(),
                ListOrder.next(before.cluster(), after.cluster()),
                ListOrder.next(before.local(), after.local()),
                after.serving(),
                after.health());
    }

    /// Whether chains of a node's rules differ from those of ours. The kernel itself knows the addresses
    /// that are its own.
    private boolean isOther(NodeRules after) {
        return !after.pods().equals(node.pods())
                || after.masqueradeMark() != node.masqueradeMark()
                || !after.nodePorts().equals(node.nodePorts());
    }

    private Map<ChainId, List<ChainRule>> own(ServicePortKey key) {
        var rules = services.get(key);
        var chains = new LinkedHashMap<ChainId, List<ChainRule>>();
        if (rules != null) {
            PortChains.of(rules, node, comments).forEach((name, held) -> chains.put(ChainId.nat(name), held));
        }
        return chains;
    }

    /// Shows every chain that must be there with its rules, those that others lead to first.
    public void forEach(BiConsumer<ChainId, List<ChainRule>> into) {
        FixedChains.of(node, options).forEach(into);
        services.keySet().forEach(key -> own(key).forEach(into));
        shared.all(node).forEach(into);
    }

    /// What leads to them from chains that belong to everybody.
    public List<FixedChains.Hook> hooks() {
        return FixedChains.hooks(node.family(), options);
    }

    public int size() {
        return services.size();
    }

    public NodeRules node() {
        return node;
    }

    /// Whether a chain that is there and must not be is one that this mode made: it is removed.
    public static boolean isStale(ChainId chain, Set<ChainId> wanted) {
        return !wanted.contains(chain) && isServices(chain);
    }

    /// Whether a chain is one of Services: the node's own are not.
    public static boolean isServices(ChainId chain) {
        return switch (chain.table()) {
            case NAT -> ChainNames.isOfService(chain.name()) || Buckets.isBucket(chain.name());
            case FILTER, MANGLE -> false;
        };
    }
}
