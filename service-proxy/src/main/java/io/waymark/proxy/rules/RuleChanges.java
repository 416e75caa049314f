package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/// What one change of the cluster or of the node did to the rules of one family: to be made in the
/// kernel at once, all or nothing.
/// @param nodeBefore what held for the node, equal to `nodeAfter` for all but changes of the node
/// @param services   at most one delta for each key, sorted by key. If a destination goes from one
///                   Service port to another, both are here: take all away before adding any
/// @param notes      what is left out since this change and was not before
public record RuleChanges(NodeRules nodeBefore, NodeRules nodeAfter, List<RuleDelta> services, List<RuleNote> notes) {
    /// Copies the lists.
    public RuleChanges {
        services = List.copyOf(services);
        notes = List.copyOf(notes);
    }

    /// These and those that came after them as one: what changed and changed back is in it no more.
    public RuleChanges then(RuleChanges next) {
        var byKey = new TreeMap<ServicePortKey, RuleDelta>();
        services.forEach(delta -> byKey.put(delta.key(), delta));
        next.services.forEach(delta -> byKey.merge(
                delta.key(), delta, (first, last) -> new RuleDelta(first.key(), first.before(), last.after())));
        byKey.values().removeIf(delta -> delta.before().equals(delta.after()));
        var all = new ArrayList<>(notes);
        all.addAll(next.notes);
        return new RuleChanges(nodeBefore, next.nodeAfter, List.copyOf(byKey.values()), all);
    }

    /// Of these the Service ports that go and whose destinations nobody else gets: they can be made
    /// before the others. None if the node changes.
    public RuleChanges removals() {
        if (!nodeBefore.equals(nodeAfter)) {
            return new RuleChanges(nodeBefore, nodeBefore, List.of(), List.of());
        }
        var taken = new HashSet<Destination>();
        for (var delta : services) {
            delta.after().ifPresent(rules -> rules.frontends().forEach(frontend -> taken.add(frontend.destination())));
        }
        var gone = services.stream()
                .filter(delta -> delta.after().isEmpty())
                .filter(delta -> delta.before().stream()
                        .flatMap(rules -> rules.frontends().stream())
                        .noneMatch(frontend -> taken.contains(frontend.destination())))
                .toList();
        return new RuleChanges(nodeBefore, nodeAfter, gone, List.of());
    }

    /// What is left of these when some of their Service ports have been made.
    public RuleChanges less(RuleChanges made) {
        var left = services.stream()
                .filter(delta -> !made.services.contains(delta))
                .toList();
        return new RuleChanges(nodeBefore, nodeAfter, left, notes);
    }

    /// Whether there is nothing to do in the kernel.
    public boolean isEmpty() {
        return services.isEmpty() && nodeBefore.equals(nodeAfter);
    }
}
