package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// How a long chain becomes another one by few steps.
/// @param deleted  places in the chain as it was, ascending
/// @param inserted ascending by place
public record ChainEdit(List<Integer> deleted, List<Insertion> inserted) {
    /// More than this, and writing it whole costs no more.
    private static final int STEPS_MAX = 32;

    /// Copies the lists.
    public ChainEdit {
        deleted = List.copyOf(deleted);
        inserted = List.copyOf(inserted);
    }

    /// @param behind place in the chain as it was of the rule that comes before it; -1 if none does. Of
    ///               several with the same place the first comes first
    public record Insertion(int behind, ChainRule rule) {}

    /// Empty if the chain is short or most of it differs: it is written whole.
    public static Optional<ChainEdit> between(List<ChainRule> before, List<ChainRule> after) {
        if (after.size() <= ListOrder.SHORT || Math.abs(before.size() - after.size()) > STEPS_MAX) {
            return Optional.empty();
        }
        var places = new HashMap<ChainRule, Integer>();
        for (int i = 0; i < after.size(); i++) {
            places.put(after.get(i), i);
        }
        var deleted = new ArrayList<Integer>();
        var inserted = new ArrayList<Insertion>();
        int next = 0;
        for (int i = 0; i < before.size(); i++) {
            var place = places.get(before.get(i));
            if (place == null || place < next) {
                deleted.add(i);
                continue;
            }
            insert(after, next, place, i - 1, inserted);
            next = place + 1;
            if (deleted.size() + inserted.size() > STEPS_MAX) {
                return Optional.empty();
            }
        }
        insert(after, next, after.size(), before.size() - 1, inserted);
        return deleted.size() + inserted.size() > STEPS_MAX
                ? Optional.empty()
                : Optional.of(new ChainEdit(deleted, inserted));
    }

    private static void insert(List<ChainRule> after, int from, int to, int behind, List<Insertion> inserted) {
        for (int i = from; i < to; i++) {
            inserted.add(new Insertion(behind, after.get(i)));
        }
    }
}
