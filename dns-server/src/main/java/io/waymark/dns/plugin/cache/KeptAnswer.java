package io.waymark.dns.plugin.cache;

import io.waymark.records.message.Query;
import io.waymark.records.message.StoredReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A reply that is kept, since when and for how long. Immutable but for its refreshes and its popularity;
/// any thread.
final class KeptAnswer {
    /// What an entry costs beside its octets: key, name, entry and the cache's own node.
    private static final int OVERHEAD_OCTETS = 320;

    private static final long SECOND = 1_000_000_000L;

    private final StoredReply reply;
    private final ReplyReading reading;
    private final long since;
    private final Popularity popularity;
    private final @Nullable KeptAnswer lastAnswering;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    /// [#NO_WAIT] or the nanosecond before which no refresh is tried.
    private volatile long retryAt = NO_WAIT;

    private static final long NO_WAIT = Long.MIN_VALUE;

    /// @param since         the nanosecond it came
    /// @param popularity    of the answer that it takes the place of, or a new one
    /// @param lastAnswering what it takes the place of without answering the question itself
    KeptAnswer(
            StoredReply reply,
            ReplyReading reading,
            long since,
            Popularity popularity,
            @Nullable KeptAnswer lastAnswering) {
        this.reply = reply;
        this.reading = reading;
        this.since = since;
        this.popularity = popularity;
        this.lastAnswering = lastAnswering;
    }

    /// What is left of its TTL, in seconds; 0 and below if it is over.
    long ttl(long now) {
        return reading.ttl() - Math.max(0, now - since) / SECOND;
    }

    /// Whether it may be served, if only as what was true before.
    boolean serves(long now, Duration staleUpTo) {
        long ttl = ttl(now);
        return ttl > 0 || -ttl < staleUpTo.toSeconds();
    }

    boolean isNewerThan(KeptAnswer other) {
        return since - other.since > 0;
    }

    ReplyReading reading() {
        return reading;
    }

    /// Itself if it answers its question, or the last one that did.
    Optional<KeptAnswer> answering() {
        return reading.answering() ? Optional.of(this) : Optional.ofNullable(lastAnswering);
    }

    Popularity popularity() {
        return popularity;
    }

    /// See [StoredReply#reply].
    byte[] reply(Query query, long ttl) {
        return reply.reply(query, (int) ttl);
    }

    /// In octets, about.
    int weight() {
        int behind = lastAnswering == null ? 0 : lastAnswering.weight();
        return OVERHEAD_OCTETS + reply.weight() + behind;
    }

    /// Whether the caller is the one to refresh it now, and says so with [#endRefresh].
    boolean beginRefresh(long now) {
        long wait = retryAt;
        return (wait == NO_WAIT || now - wait >= 0) && refreshing.compareAndSet(false, true);
    }

    /// @param recheck after a refresh that failed the next one waits for so long
    void endRefresh(long now, boolean refreshed, Duration recheck) {
        retryAt = refreshed || recheck.isZero() ? NO_WAIT : now + recheck.toNanos();
        refreshing.set(false);
    }
}
