package io.waymark.source.kubernetes.protobuf.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives one immutable list for equal lists: most Services have the ports of some other one. Holds
/// at most [#LISTS_MAX]; a full pool starts anew. Confined to one thread.
public final class ListPool<T> {
    private static final int LISTS_MAX = 1024;

    private final Map<List<T>, List<T>> lists = new HashMap<>();

    public List<T> share(List<T> list) {
        if (list.isEmpty()) {
            return List.of();
        }
        var present = lists.get(list);
        if (present != null) {
            return present;
        }
        if (lists.size() == LISTS_MAX) {
            lists.clear();
        }
        var shared = List.copyOf(list);
        lists.put(shared, shared);
        return shared;
    }
}
