package io.waymark.dns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What plugins have opened. Used on the thread that starts and ends the server.
final class PartsOfPlugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartsOfPlugins.class);

    /// The last first.
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private final Map<Object, Object> kept = new LinkedHashMap<>();

    <T extends AutoCloseable> T begin(T part) {
        begun.push(part);
        return part;
    }

    /// The caller asks with the same key for the same kind.
    @SuppressWarnings("unchecked")
    <T> T kept(Object key, Supplier<T> make) {
        return (T) kept.computeIfAbsent(key, first -> make.get());
    }

    @Override
    public void close() {
        while (!begun.isEmpty()) {
            close(begun.pop());
        }
        kept.values().forEach(part -> {
            if (part instanceof AutoCloseable closeable) {
                close(closeable);
            }
        });
        kept.clear();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("a part of a plugin did not close: {}", failure.toString());
        }
    }
}
