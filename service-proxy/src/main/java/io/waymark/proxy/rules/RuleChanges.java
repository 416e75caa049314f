package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeRules;
import java.util.List;

/// What one change of the cluster or of the node did to the rules of one family: to be made in the
/// kernel at once, all or nothing.
/// @param nodeBefore what held for the node, equal to `nodeAfter` for all but changes of the node
/// @param services   at most one delta for each key, sorted by key. If a destination goes from one
///                   Service port to another, both are here: take all away before adding any
public record RuleChanges(NodeRules nodeBefore, NodeRules nodeAfter, List<RuleDelta> services) {
    /// Copies the list.
    public RuleChanges {
        services = List.copyOf(services);
    }

    /// Whether there is nothing to do.
    public boolean isEmpty() {
        return services.isEmpty() && nodeBefore.equals(nodeAfter);
    }
}
