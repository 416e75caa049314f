package io.waymark.proxy.nftables.skeleton;

import io.waymark.proxy.netlink.nft.Chain;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.Expression;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.netlink.nft.Rule;
import io.waymark.proxy.netlink.nft.SetSpec;
import io.waymark.proxy.netlink.nft.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Some sets, chains and rules of a table, with constant elements of maps of verdicts.
/// @param decisions elements by the map they are of
public record Structure(
        List<SetSpec> sets, List<Chain> chains, List<Rule> rules, Map<String, List<Element>> decisions) {
    public Structure {
        sets = List.copyOf(sets);
        chains = List.copyOf(chains);
        rules = List.copyOf(rules);
    }

    /// Puts one together, chain after chain.
    static final class Builder {
        private final List<SetSpec> sets = new ArrayList<>();
        private final List<Chain> chains = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, List<Element>> decisions = new LinkedHashMap<>();

        void sets(List<SetSpec> more) {
            sets.addAll(more);
        }

        void chain(Chain chain) {
            chains.add(chain);
        }

        void chain(String name) {
            chains.add(new Chain.Regular(name));
        }

        void rule(String chain, String comment, List<Expression> steps) {
            rules.add(new Rule(chain, steps, comment));
        }

        void end(String chain, Verdict verdict) {
            end(chain, "", verdict);
        }

        void end(String chain, String comment, Verdict verdict) {
            rule(chain, comment, List.of(new Expression.Decide(verdict)));
        }

        void decision(Maps.Dispatch dispatch, int code, Verdict verdict) {
            decisions
                    .computeIfAbsent(dispatch.map(), map -> new ArrayList<>())
                    .add(new Element.Decision(Octets.ofHost(code), verdict));
        }

        Structure build() {
            return new Structure(sets, chains, rules, decisions);
        }
    }
}
