package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.FixedChains.Hook;
import java.util.ArrayList;
import java.util.List;

/// How the kernel differs from a plan, for a log: few lines however much it is. Not for several threads.
public final class Differences {
    private final String family;
    private final List<String> lines = new ArrayList<>();
    private final List<ChainId> changed = new ArrayList<>();

    /// @param family as the lines name it
    public Differences(String family) {
        this.family = family;
    }

    /// Chains that must be there.
    public void gone(List<ChainId> chains) {
        add(chains, "is gone", "are gone");
    }

    /// One that has other rules.
    public void changed(ChainId chain) {
        changed.add(chain);
    }

    /// Chains that must not be there.
    public void stale(List<ChainId> chains) {
        add(chains, "should not be there", "should not be there");
    }

    public void unhooked(List<Hook> hooks) {
        hooks.forEach(hook -> lines.add(family + ": the jump from " + hook.from() + " to " + hook.to() + " is gone"));
    }

    private void add(List<ChainId> chains, String one, String many) {
        switch (chains.size()) {
            case 0 -> {}
            case 1 -> lines.add(family + ": chain " + chains.getFirst() + " " + one);
            default -> lines.add(family + ": " + chains.size() + " chains " + many + ", such as " + chains.getFirst());
        }
    }

    /// One line a kind, one a jump.
    public List<String> lines() {
        var all = new Differences(family);
        all.lines.addAll(lines);
        all.add(changed, "is not as it was made", "are not as they were made");
        return List.copyOf(all.lines);
    }
}
