package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.rules.Backend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// The order in which a chain balances over its backends. Each rule takes its share of what the rules
/// before it leave, one of as many as are left, so a backend more or less changes all rules before it.
/// Short lists are in kube-proxy's order, by text. In long ones a new backend comes first, and the first
/// takes the place of one that goes: that changes two rules, and the balance is as even.
final class ListOrder {
    /// Backends of a list that is written whole.
    static final int SHORT = 64;

    /// Of the list: where more than this part changes at once, it is written whole.
    private static final int PART = 8;

    private ListOrder() {}

    /// @param before as the chain has them
    /// @param wanted by text
    static List<Backend> next(List<Backend> before, List<Backend> wanted) {
        var remaining = new HashSet<>(wanted);
        before.forEach(remaining::remove);
        int gone = before.size() - (wanted.size() - remaining.size());
        if (wanted.size() <= SHORT || before.size() <= SHORT || remaining.size() + gone > wanted.size() / PART) {
            return wanted;
        }
        var next = new ArrayList<>(before);
        var kept = new HashSet<>(wanted);
        int first = 0;
        for (int i = 0; i < next.size(); i++) {
            if (i >= first && !kept.contains(next.get(i))) {
                while (first < i && !kept.contains(next.get(first))) {
                    first++;
                }
                next.set(i, next.get(first));
                first++;
            }
        }
        var ordered = new ArrayList<Backend>(wanted.size());
        for (var backend : wanted) {
            if (remaining.contains(backend)) {
                ordered.add(backend);
            }
        }
        ordered.addAll(next.subList(first, next.size()));
        return ordered;
    }
}
