package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import java.util.List;
import java.util.Optional;

/// What is to be done to the chains of one family.
/// @param writes  in an order in which no rule leads to a chain that comes later and is not there yet
/// @param removed chains that no rule leads to any more, once the writes are done
public record ChainChanges(List<Write> writes, List<ChainId> removed) {
    /// Copies the lists.
    public ChainChanges {
        writes = List.copyOf(writes);
        removed = List.copyOf(removed);
    }

    /// One chain gets these rules.
    /// @param before what it had; empty if there was no such chain
    public record Write(ChainId chain, Optional<List<ChainRule>> before, List<ChainRule> after) {
        /// Copies the list.
        public Write {
            after = List.copyOf(after);
        }
    }

    /// Whether a rule is added anywhere: only then does the kernel look at all rules.
    public boolean adds() {
        return writes.stream().anyMatch(write -> !write.after().isEmpty());
    }

    public boolean isEmpty() {
        return writes.isEmpty() && removed.isEmpty();
    }
}
