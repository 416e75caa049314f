package io.waymark.dns.plugin.cache;

import io.waymark.dns.metrics.Metrics;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What outlives a reload: the store and what is counted of it. The store is made when the first answer
/// is to be kept, and not on the thread that has it: its library takes a tenth of a second to load, which
/// is neither the start's nor an event loop's to give. Until then nothing is found; what is to be kept
/// waits, so much of it as there is room for.
final class KeptAnswers implements AutoCloseable {
    private static final int WAITING_MAX = 1_024;

    private final CacheStage stage;
    private final CacheMetrics metrics;
    private final Executor loader;
    private volatile @Nullable AnswerStore store;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean loading;

    /// @param view   the name of the block's view
    /// @param loader makes the store
    KeptAnswers(CacheStage stage, Metrics metrics, String view, Executor loader) {
        this.stage = stage;
        this.metrics = new CacheMetrics(
                metrics, view, stage.zones().stream().map(DomainName::toString).collect(Collectors.joining(",")));
        this.loader = loader;
    }

    static KeptAnswers of(CacheStage stage, Metrics metrics, String view) {
        return new KeptAnswers(stage, metrics, view, Thread::startVirtualThread);
    }

    CacheMetrics metrics() {
        return metrics;
    }

    /// Null as long as nothing was ever kept.
    @Nullable
    AnswerStore store() {
        return store;
    }

    /// Keeps an answer now or soon; see [AnswerStore#put].
    /// @param server where its question came
    void put(CacheKey key, KeptAnswer answer, String server) {
        if (!waits(key, answer, server)) {
            made().put(key, answer, stage.stale().preferPositive());
        }
    }

    private AnswerStore made() {
        return Objects.requireNonNull(store, "a store that is made stays");
    }

    /// Whether the store is yet to be made.
    private boolean waits(CacheKey key, KeptAnswer answer, String server) {
        if (store != null) {
            return false;
        }
        boolean first;
        synchronized (waiting) {
            if (store != null) {
                return false;
            }
            if (waiting.size() < WAITING_MAX) {
                waiting.add(() -> put(key, answer, server));
            }
            first = !loading;
            loading = true;
        }
        if (first) {
            loader.execute(() -> load(server));
        }
        return true;
    }

    private void load(String server) {
        var made = new AnswerStore(stage, metrics.eviction(server, "success"), metrics.eviction(server, "denial"));
        List<Runnable> kept;
        synchronized (waiting) {
            store = made;
            kept = List.copyOf(waiting);
            waiting.clear();
        }
        metrics.store(made, server);
        kept.forEach(Runnable::run);
    }

    @Override
    public void close() {
        metrics.close();
    }
}
