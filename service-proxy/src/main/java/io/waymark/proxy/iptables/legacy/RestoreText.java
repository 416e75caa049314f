package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.FixedChains.Hook;
import io.waymark.proxy.iptables.chains.RuleText;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.records.address.IpFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The input of `iptables-restore --noflush`: a chain that is declared in it loses its rules.
final class RestoreText {
    private final RuleText text;
    private final Map<Table, List<String>> declared = new EnumMap<>(Table.class);
    private final Map<Table, List<String>> rules = new EnumMap<>(Table.class);
    private final Map<Table, List<String>> removed = new EnumMap<>(Table.class);
    private int written;

    RestoreText(IpFamily family) {
        text = new RuleText(family, RuleText.Style.GIVEN);
    }

    private static void add(Map<Table, List<String>> lines, ChainId chain, String line) {
        lines.computeIfAbsent(chain.table(), table -> new ArrayList<>()).add(line);
    }

    /// Gives a chain these rules, whatever it had.
    void write(ChainId chain, List<ChainRule> wanted) {
        add(declared, chain, ":" + chain.name() + " - [0:0]");
        wanted.forEach(rule -> add(rules, chain, text.append(chain.name(), rule)));
        written += wanted.size();
    }

    /// Adds jumps at the head of the chains that the kernel calls.
    void hook(List<Hook> hooks) {
        hooks.reversed()
                .forEach(hook ->
                        add(rules, hook.from(), "-I " + hook.from().name() + " 1" + text.arguments(hook.rule())));
        written += hooks.size();
    }

    /// Removes a rule, as it is listed.
    void unhook(ChainId chain, String rule) {
        add(rules, chain, "-D " + chain.name() + rule);
    }

    void remove(ChainId chain) {
        add(declared, chain, ":" + chain.name() + " - [0:0]");
        add(removed, chain, "-X " + chain.name());
    }

    boolean isEmpty() {
        return declared.isEmpty() && rules.isEmpty();
    }

    /// Rules written so far.
    int rules() {
        return written;
    }

    @Override
    public String toString() {
        var all = new StringBuilder();
        for (var table : Table.values()) {
            if (declared.containsKey(table) || rules.containsKey(table)) {
                all.append('*').append(table).append('\n');
                for (var lines : List.of(declared, rules, removed)) {
                    lines.getOrDefault(table, List.of())
                            .forEach(line -> all.append(line).append('\n'));
                }
                all.append("COMMIT\n");
            }
        }
        return all.toString();
    }
}
