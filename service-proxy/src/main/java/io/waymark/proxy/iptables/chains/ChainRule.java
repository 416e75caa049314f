package io.waymark.proxy.iptables.chains;

import java.util.List;

/// A rule of a chain.
/// @param matches in the order that [Match] says
public record ChainRule(List<Match> matches, Target target) {
    /// Copies the list.
    public ChainRule {
        matches = List.copyOf(matches);
    }

    public static ChainRule of(Target target, Match... matches) {
        return new ChainRule(List.of(matches), target);
    }

    public static ChainRule jump(String chain, Match... matches) {
        return of(new Target.Jump(chain), matches);
    }
}
