package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `iptables-save` says of the tables that we write to.
/// @param chains the rules of each as listed, without `-A CHAIN`
record SavedTables(Map<ChainId, List<String>> chains) {

    static SavedTables read(String text) {
        var chains = new HashMap<ChainId, List<String>>();
        Optional<Table> table = Optional.empty();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            if (line.startsWith("*")) {
                table = table(line.substring(1));
            } else if (table.isPresent() && line.startsWith(":")) {
                chains.put(new ChainId(table.get(), line.substring(1, line.indexOf(' '))), new ArrayList<>());
            } else if (table.isPresent() && line.startsWith("-A ")) {
                int end = line.indexOf(' ', 3) < 0 ? line.length() : line.indexOf(' ', 3);
                chains.computeIfAbsent(new ChainId(table.get(), line.substring(3, end)), chain -> new ArrayList<>())
                        .add(line.substring(end));
            }
        }
        return new SavedTables(chains);
    }

    private static Optional<Table> table(String name) {
        for (var table : Table.values()) {
            if (table.toString().equals(name)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /// The rules of one chain; none if there is no such chain.
    List<String> rules(ChainId chain) {
        return chains.getOrDefault(chain, List.of());
    }

    /// Whether a rule of that chain leads to another one.
    boolean leads(ChainId chain, String to) {
        return rules(chain).stream().anyMatch(rule -> rule.endsWith(" -j " + to));
    }

    /// How many rules there are.
    int size() {
        return chains.values().stream().mapToInt(List::size).sum();
    }
}
