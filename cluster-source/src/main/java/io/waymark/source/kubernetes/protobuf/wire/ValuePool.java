package io.waymark.source.kubernetes.protobuf.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Gives one immutable value for equal ones: most Services have the ports of some other one, most Pods
/// the labels. Holds at most [#VALUES_MAX]; a full pool starts anew. Confined to one thread.
public final class ValuePool<T> {
    private static final int VALUES_MAX = 1024;

    private final Map<T, T> values = new HashMap<>();
    private final UnaryOperator<T> immutable;

    /// @param immutable makes a copy that does not change, such as `List::copyOf`
    public ValuePool(UnaryOperator<T> immutable) {
        this.immutable = immutable;
    }

    public T share(T value) {
        var present = values.get(value);
        if (present != null) {
            return present;
        }
        if (values.size() == VALUES_MAX) {
            values.clear();
        }
        var shared = immutable.apply(value);
        values.put(shared, shared);
        return shared;
    }
}
