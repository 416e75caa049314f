package io.waymark.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What outlives a reload, as long as a generation of plugins asks for it: caches and the like.
/// Any thread.
final class KeptParts {
    private static final Logger LOG = LoggerFactory.getLogger(KeptParts.class);

    private final Map<Object, Kept> byKey = new LinkedHashMap<>();

    private static final class Kept {
        private final Object part;
        private int claims;

        Kept(Object part) {
            this.part = part;
        }
    }

    /// The part with this key, made if there is none. The caller releases it once.
    synchronized Object claim(Object key, Supplier<?> make) {
        var kept = byKey.get(key);
        if (kept == null) {
            kept = new Kept(make.get());
            byKey.put(key, kept);
        }
        kept.claims++;
        return kept.part;
    }

    /// Closes the part, if it can be closed, when nobody else has a claim on it.
    void release(Object key) {
        drop(key)
                .filter(AutoCloseable.class::isInstance)
                .map(AutoCloseable.class::cast)
                .ifPresent(KeptParts::close);
    }

    /// What nobody claims any more.
    private synchronized Optional<Object> drop(Object key) {
        var kept = byKey.get(key);
        if (kept == null) {
            throw new IllegalStateException("released more often than claimed: " + key);
        }
        kept.claims--;
        if (kept.claims > 0) {
            return Optional.empty();
        }
        byKey.remove(key);
        return Optional.of(kept.part);
    }

    static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("a part of a plugin did not close: {}", failure.toString());
        }
    }
}
