package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A set whose elements are there as long as somebody needs them. Not for several threads.
final class Tally<T> {
    private final String set;
    private final Function<T, Element> layout;
    private final Map<T, Integer> needed = new HashMap<>();
    /// Those that were not needed, and those that were, when the change began.
    private final Set<T> appeared = new HashSet<>();

    private final Set<T> gone = new HashSet<>();

    Tally(String set, Function<T, Element> layout) {
        this.set = set;
        this.layout = layout;
    }

    void need(T thing) {
        if (needed.merge(thing, 1, Integer::sum) == 1 && !gone.remove(thing)) {
            appeared.add(thing);
        }
    }

    void release(T thing) {
        Integer left = needed.computeIfPresent(thing, (key, count) -> count == 1 ? null : count - 1);
        if (left == null && !appeared.remove(thing)) {
            gone.add(thing);
        }
    }

    /// What became needed or not since the last time.
    void settle(ElementChanges.Builder into) {
        gone.forEach(thing -> into.delete(set, layout.apply(thing)));
        appeared.forEach(thing -> into.add(set, layout.apply(thing)));
        gone.clear();
        appeared.clear();
    }

    void elements(ElementSink into) {
        needed.keySet().forEach(thing -> into.put(set, layout.apply(thing)));
    }
}
