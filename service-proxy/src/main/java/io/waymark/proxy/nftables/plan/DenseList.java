package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.rules.Backend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/// Backends by index, without holes, so that a drawn index hits. The order means nothing: it is kept
/// as far as it can be, for each index that changes is a change in the kernel.
/// @param backends each once
record DenseList(List<Backend> backends) {
    static final DenseList EMPTY = new DenseList(List.of());

    DenseList {
        backends = List.copyOf(backends);
    }

    int size() {
        return backends.size();
    }

    /// The same backends as `wanted`: new ones go into holes or to the end, then the last ones go into
    /// holes that are left.
    DenseList with(List<Backend> wanted) {
        if (backends.equals(wanted)) {
            return this;
        }
        var fresh = new LinkedHashSet<>(wanted);
        var kept = new HashSet<Backend>();
        for (var backend : backends) {
            if (fresh.remove(backend)) {
                kept.add(backend);
            }
        }
        var placed = new ArrayList<>(backends);
        var next = fresh.iterator();
        for (int index = 0; index < placed.size(); index++) {
            if (!kept.contains(placed.get(index)) && next.hasNext()) {
                placed.set(index, next.next());
                continue;
            }
            while (index < placed.size() && !kept.contains(placed.get(index))) {
                moveLast(placed, index);
            }
        }
        next.forEachRemaining(placed::add);
        return new DenseList(placed);
    }

    private static void moveLast(List<Backend> placed, int hole) {
        var last = placed.removeLast();
        if (hole < placed.size()) {
            placed.set(hole, last);
        }
    }
}
