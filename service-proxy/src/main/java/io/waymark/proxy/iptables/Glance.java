package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.chains.Target;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.iptables.xt.RuleEncoder;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.Octets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one look at the names of chains tells: the kernel counts the rules of each together with the
/// rules that lead to it, and a count that is as it must be means that nothing was flushed, deleted or
/// added. Chains that others lead to as well are read. A rule of a Service that somebody replaced by
/// another one is not noticed; that is for the next look at everything.
final class Glance {
    private final Map<ChainId, Integer> uses = new HashMap<>();
    /// The encoded rules of the chains that are read.
    private final Map<ChainId, List<Octets>> read = new HashMap<>();
    private final FamilyChains plan;

    private Glance(FamilyChains plan) {
        this.plan = plan;
    }

    /// What a plan leads to expect. Costs as much as the plan is long.
    static Glance of(FamilyChains plan, NfFamily family) {
        var glance = new Glance(plan);
        var encoder = new RuleEncoder(family);
        plan.forEach((chain, rules) -> {
            glance.count(chain, rules);
            if (!FamilyChains.isServices(chain)) {
                glance.read.put(
                        chain,
                        rules.stream()
                                .map(rule -> TableReader.withoutCounter(encoder.encode(rule)))
                                .toList());
            }
        });
        return glance;
    }

    private void count(ChainId chain, List<ChainRule> rules) {
        uses.merge(chain, rules.size(), Integer::sum);
        for (var rule : rules) {
            if (rule.target() instanceof Target.Jump(var to)) {
                uses.merge(new ChainId(chain.table(), to), 1, Integer::sum);
            }
        }
    }

    /// Whether the kernel shows nothing else. `false` may be a false alarm.
    boolean isAsExpected(TableReader reader, Set<ChainId> undeletable) throws NetlinkException {
        var found = reader.chains();
        for (var expected : uses.entrySet()) {
            var use = found.get(expected.getKey());
            if (use == null || FamilyChains.isServices(expected.getKey()) && !use.equals(expected.getValue())) {
                return false;
            }
        }
        for (var chain : found.keySet()) {
            if (FamilyChains.isStale(chain, uses.keySet()) && !undeletable.contains(chain)) {
                return false;
            }
        }
        for (var expected : read.entrySet()) {
            if (expected.getKey().table() != Table.MANGLE
                    && !expected.getValue().equals(octets(reader.rules(expected.getKey())))) {
                return false;
            }
        }
        return FoundChains.missingHooks(reader, plan).isEmpty();
    }

    private static List<Octets> octets(List<TableReader.Found> rules) {
        return rules.stream().map(TableReader.Found::expressions).toList();
    }
}
