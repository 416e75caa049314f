package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.corefile.stage.Words;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.ResourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How much the addresses of names weigh. Pure.
/// @param byName 1 to 255; what is not here weighs 1
record AddressWeights(Map<DomainName, Map<IpAddress, Integer>> byName) {
    static final AddressWeights EQUAL = new AddressWeights(Map.of());

    private static final int WEIGHT_MAX = 255;

    /// What a text says, or why it says nothing.
    sealed interface Read {
        record Weights(AddressWeights weights) implements Read {}

        /// @param line 1 for the first
        record Malformed(int line, String why) implements Read {}
    }

    int of(ResourceRecord record) {
        return PreferredFirst.address(record)
                .flatMap(address -> Optional.ofNullable(byName.get(record.owner()))
                        .map(weights -> weights.getOrDefault(address, 1)))
                .orElse(1);
    }

    /// Reads a line with a name, then lines with an address and its weight; `#` begins a comment line. Of an
    /// address that is there twice the first weight counts, as for CoreDNS.
    static Read read(List<String> lines) {
        var byName = new HashMap<DomainName, Map<IpAddress, Integer>>();
        Map<IpAddress, Integer> weights = Map.of();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var words = line.split("\\s+");
            var address = IpAddress.parse(words[0]);
            var name = address.isPresent() ? Optional.<DomainName>empty() : name(words[0]);
            if (words.length == 1 && name.isPresent()) {
                weights = byName.computeIfAbsent(name.get(), first -> new HashMap<>());
            } else if (words.length == 2 && address.isPresent() && !byName.isEmpty()) {
                int weight = weight(words[1]);
                if (weight == 0) {
                    return new Read.Malformed(
                            i + 1, "found \"" + words[1] + "\", expected a weight from 1 to " + WEIGHT_MAX);
                }
                weights.putIfAbsent(address.get(), weight);
            } else {
                return new Read.Malformed(
                        i + 1,
                        "found " + Words.count(words.length, "word", "words") + ", \"" + line
                                + "\"; expected a name, and below it addresses with a weight each");
            }
        }
        return new Read.Weights(new AddressWeights(byName));
    }

    private static Optional<DomainName> name(String text) {
        return DomainName.parse(text.endsWith(".") ? text : text + ".");
    }

    private static int weight(String text) {
        int weight = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        return weight <= WEIGHT_MAX ? weight : 0;
    }
}
