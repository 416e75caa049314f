package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.RuleText;
import io.waymark.proxy.iptables.chains.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Chains as `iptables-save` lists them.
public final class ChainsText {
    private ChainsText() {}

    /// Every chain by its id, the kernel's own with our rules in them included.
    public static Map<ChainId, List<ChainRule>> chains(FamilyChains family) {
        var chains = new TreeMap<ChainId, List<ChainRule>>();
        family.hooks()
                .forEach(hook -> chains.computeIfAbsent(hook.from(), chain -> new ArrayList<>())
                        .add(hook.rule()));
        family.forEach((chain, rules) -> {
            if (chains.put(chain, rules) != null) {
                throw new AssertionError(chain + " is there twice");
            }
        });
        return chains;
    }

    /// The rules of one table as they are listed, by chain.
    public static List<String> rules(FamilyChains family, Table table) {
        return rules(family, table, RuleText.Style.LISTED);
    }

    private static List<String> rules(FamilyChains family, Table table, RuleText.Style style) {
        var text = new RuleText(family.node().family(), style);
        var lines = new ArrayList<String>();
        chains(family).forEach((chain, rules) -> {
            if (chain.table() == table) {
                rules.forEach(rule -> lines.add(text.append(chain.name(), rule)));
            }
        });
        return lines;
    }

    /// What `iptables-restore` makes all of it of.
    public static String restore(FamilyChains family) {
        var text = new StringBuilder();
        for (var table : Table.values()) {
            text.append('*').append(table).append('\n');
            chains(family).keySet().stream()
                    .filter(chain -> chain.table() == table && chain.name().startsWith("KUBE-"))
                    .forEach(chain -> text.append(':').append(chain.name()).append(" - [0:0]\n"));
            rules(family, table, RuleText.Style.GIVEN)
                    .forEach(line -> text.append(line).append('\n'));
            text.append("COMMIT\n");
        }
        return text.toString();
    }
}
