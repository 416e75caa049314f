package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Chains that take changes as the kernel does: no rule leads nowhere, and no chain goes that a rule
/// leads to.
final class StrictChains {
    private final Map<ChainId, List<ChainRule>> chains = new TreeMap<>();

    static Map<ChainId, List<ChainRule>> of(FamilyChains family) {
        var all = new StrictChains();
        family.forEach(all::write);
        return all.chains;
    }

    static StrictChains with(FamilyChains family) {
        var all = new StrictChains();
        all.everything(family);
        return all;
    }

    /// As who compares the kernel with a plan.
    void everything(FamilyChains family) {
        family.forEach(this::write);
        var wanted = of(family);
        var stale = chains.keySet().stream()
                .filter(chain -> FamilyChains.isStale(chain, wanted.keySet()))
                .toList();
        remove(stale);
    }

    void apply(ChainChanges changes) {
        for (var write : changes.writes()) {
            var before = chains.get(write.chain());
            if (before != null && !before.equals(write.before().orElse(null))) {
                throw new AssertionError(write + " where there is " + before);
            }
            var edit = before == null
                    ? null
                    : ChainEdit.between(before, write.after()).orElse(null);
            write(write.chain(), edit == null ? write.after() : edited(before, edit));
            if (!write.after().equals(chains.get(write.chain()))) {
                throw new AssertionError(edit + " does not lead to " + write.after());
            }
        }
        remove(changes.removed());
    }

    static List<ChainRule> edited(List<ChainRule> before, ChainEdit edit) {
        var after = new ArrayList<ChainRule>();
        for (int i = -1; i < before.size(); i++) {
            if (i >= 0 && !edit.deleted().contains(i)) {
                after.add(before.get(i));
            }
            for (var insertion : edit.inserted()) {
                if (insertion.behind() == i) {
                    after.add(insertion.rule());
                }
            }
        }
        return after;
    }

    private void write(ChainId chain, List<ChainRule> rules) {
        for (var rule : rules) {
            if (rule.target() instanceof Target.Jump(var to) && !chains.containsKey(new ChainId(chain.table(), to))) {
                throw new AssertionError(chain + " would lead to " + to + ", which is not there");
            }
        }
        chains.put(chain, rules);
    }

    private void remove(List<ChainId> removed) {
        removed.forEach(chain -> chains.replace(chain, List.of()));
        for (var chain : removed) {
            if (chains.remove(chain) == null) {
                throw new AssertionError(chain + " is not there");
            }
            chains.forEach((from, rules) -> {
                if (from.table() == chain.table()
                        && rules.stream().anyMatch(rule -> rule.target().equals(new Target.Jump(chain.name())))) {
                    throw new AssertionError(from + " leads to " + chain + ", which is to go");
                }
            });
        }
    }

    Map<ChainId, List<ChainRule>> chains() {
        return chains;
    }
}
