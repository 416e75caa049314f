package io.waymark.dns.plugin.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waymark.dns.plugin.cache.CacheStage.Bounds;
import org.jspecify.annotations.Nullable;

/// All that is kept, by question: answers and denials apart, each within its bounds of entries and
/// octets; over a bound the least popular one goes (W-TinyLFU). Any thread; readers take no lock, and
/// whoever keeps an answer does the cleaning up that it makes necessary.
///
/// Both bounds are one sum of weights, because that is what Caffeine bounds: an entry weighs as many
/// octets as it takes, but no less than its fair share of them, so that no more entries fit than are
/// allowed.
final class AnswerStore {
    private final Cache<CacheKey, KeptAnswer> success;
    private final Cache<CacheKey, KeptAnswer> denial;

    /// @param successEvicted run for each answer that goes for want of room
    AnswerStore(CacheStage stage, Runnable successEvicted, Runnable denialEvicted) {
        long entries = (long) stage.success().entriesMax() + stage.denial().entriesMax();
        long successBytes =
                Math.round((double) stage.bytesMax() * stage.success().entriesMax() / entries);
        this.success = cache(stage.success(), successBytes, successEvicted);
        this.denial = cache(stage.denial(), stage.bytesMax() - successBytes, denialEvicted);
    }

    private static Cache<CacheKey, KeptAnswer> cache(Bounds bounds, long bytes, Runnable evicted) {
        long fairShare = bytes / bounds.entriesMax();
        int least = Math.clamp(fairShare, 1, Integer.MAX_VALUE);
        return Caffeine.newBuilder()
                .maximumWeight(fairShare == 0 ? bytes : fairShare * bounds.entriesMax())
                .<CacheKey, KeptAnswer>weigher((key, answer) ->
                        Math.max(least, answer.weight() + key.name().length()))
                .evictionListener((key, answer, cause) -> evicted.run())
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    KeptAnswer success(CacheKey key) {
        return success.getIfPresent(key);
    }

    @Nullable
    KeptAnswer denial(CacheKey key) {
        return denial.getIfPresent(key);
    }

    /// Keeps an answer; what it makes untrue goes: an answer ends a denial, a denial an answer. A failure
    /// makes nothing untrue.
    /// @param preferPositive then a denial ends no answer, and only one that answers ends a denial
    void put(CacheKey key, KeptAnswer answer, boolean preferPositive) {
        switch (answer.reading().kind()) {
            case SUCCESS -> {
                success.put(key, answer);
                if (!preferPositive || answer.reading().answering()) {
                    denial.invalidate(key);
                }
            }
            case DENIAL -> {
                denial.put(key, answer);
                if (!preferPositive) {
                    success.invalidate(key);
                }
            }
            case FAILURE -> denial.put(key, answer);
            case PASSING -> throw new IllegalStateException("a reply that is passed on is not kept");
        }
    }

    /// Nothing is known of the question any more.
    void forget(CacheKey key) {
        success.invalidate(key);
        denial.invalidate(key);
    }

    long successEntries() {
        return success.estimatedSize();
    }

    long denialEntries() {
        return denial.estimatedSize();
    }

    /// The sum of all weights; for tests.
    long bytes() {
        return weight(success) + weight(denial);
    }

    private static long weight(Cache<CacheKey, KeptAnswer> cache) {
        return cache.asMap().entrySet().stream()
                .mapToLong(entry ->
                        entry.getValue().weight() + entry.getKey().name().length())
                .sum();
    }
}
