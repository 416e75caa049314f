package io.waymark.dns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// What the plugins of one generation have opened, and what they claim of what is kept. Confined
/// to one thread at a time: the one that starts the generation, then the one that ends it.
final class PartsOfPlugins implements AutoCloseable {
    private final KeptParts kept;
    /// The last first.
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private final Set<Object> claimed = new HashSet<>();

    PartsOfPlugins(KeptParts kept) {
        this.kept = kept;
    }

    <T extends AutoCloseable> T begin(T part) {
        begun.push(part);
        return part;
    }

    /// The caller asks with the same key for the same kind.
    @SuppressWarnings("unchecked")
    <T> T kept(Object key, Supplier<T> make) {
        var part = (T) kept.claim(key, make);
        if (!claimed.add(key)) {
            kept.release(key);
        }
        return part;
    }

    @Override
    public void close() {
        while (!begun.isEmpty()) {
            KeptParts.close(begun.pop());
        }
        claimed.forEach(kept::release);
        claimed.clear();
    }
}
