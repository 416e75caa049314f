package io.waymark.dns.plugin.cache;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.OwnNames;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `cache` plugin: answers from what is kept, else asks the plugins behind it, once for all who ask
/// the same meanwhile. A hit costs one copy of the reply's octets; nothing is parsed.
///
/// Counted are questions that come to a kept answer or to an upstream; what plugins answer out of
/// memory is no business of a cache, neither hit nor miss.
final class CachePlugin implements Plugin {
    /// What a refresh takes over UDP, whatever the client whose question led to it.
    private static final int UDP_SIZE = 1_232;

    private static final Logger LOG = LoggerFactory.getLogger(CachePlugin.class);

    private final CacheStage stage;
    private final KeptAnswers kept;
    private final Optional<OwnNames> own;
    private final OwnTtl ownTtl;
    private final Landing landing;
    private final Flights flights = new Flights();
    private final LongSupplier nanoTime;
    private final Delay delay;

    /// @param own a plugin behind this one
    CachePlugin(
            CacheStage stage,
            KeptAnswers kept,
            Optional<OwnNames> own,
            LongSupplier nanoTime,
            InstantSource clock,
            Delay delay) {
        this.stage = stage;
        this.kept = kept;
        this.own = own;
        this.ownTtl = new OwnTtl(stage);
        this.landing = new Landing(stage, kept, ownTtl, nanoTime, clock);
        this.nanoTime = nanoTime;
        this.delay = delay;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        if (!covers(question)) {
            return Outcome.PASS;
        }
        if (own.isPresent() && own.get().owns(question)) {
            return ownTtl.on(next.ask(exchange));
        }
        var key = CacheKey.of(exchange);
        long now = nanoTime.getAsLong();
        var found = find(key, now);
        if (found == null) {
            return miss(key, exchange, next);
        }
        metrics(exchange).hit(found.reading().kind());
        long ttl = found.ttl(now);
        if (ttl <= 0) {
            return stale(key, exchange, next, found, now);
        }
        if (stage.prefetch().amount() > 0 && isToBePrefetched(found, ttl, now) && found.beginRefresh(now)) {
            refresh(key, exchange, next, found);
        }
        return verbatim(found, exchange, stage.keepTtl() ? found.reading().ttl() : ttl);
    }

    private boolean covers(Question question) {
        var type = question.type();
        return !type.equals(RecordType.AXFR) && !type.equals(RecordType.IXFR) && isWithin(question.name());
    }

    private boolean isWithin(DomainName name) {
        for (int i = 0; i < stage.zones().size(); i++) {
            if (name.isWithin(stage.zones().get(i))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable KeptAnswer find(CacheKey key, long now) {
        var store = kept.store();
        return store == null ? null : AnswerChoice.of(store.success(key), store.denial(key), now, stage.stale());
    }

    private boolean isToBePrefetched(KeptAnswer found, long ttl, long now) {
        var prefetch = stage.prefetch();
        boolean popular = found.popularity().ask(prefetch, now);
        return popular && ttl <= Math.ceilDiv(found.reading().ttl() * (long) prefetch.percent(), 100);
    }

    private static Outcome verbatim(KeptAnswer answer, Exchange exchange, long ttl) {
        return new Outcome.Verbatim(answer.reply(exchange.query(), ttl));
    }

    // Asking.

    /// Waits for who asks already, or asks. In the course of another question nobody waits: it could be
    /// for himself. Nor for HINFO, by which `loop` finds out whether its own question comes back.
    private Outcome miss(CacheKey key, Exchange exchange, Next next) {
        if (exchange.hops() > 0 || exchange.question().type().equals(RecordType.HINFO)) {
            return alone(key, exchange, next);
        }
        var boarded = flights.ask(key, () -> askBehind(key, exchange, next, null));
        return settled(
                boarded.landed(), last -> boarded.shared() ? given(last, key, exchange, next) : own(last, exchange));
    }

    private Outcome alone(CacheKey key, Exchange exchange, Next next) {
        return settled(askBehind(key, exchange, next, null), last -> own(last, exchange));
    }

    private CompletableFuture<Landed> askBehind(
            CacheKey key, Exchange exchange, Next next, @Nullable KeptAnswer refreshed) {
        // AD says that the client understands the AD bit of the reply (RFC 6840 §5.7); the reply is kept
        // for those who do, too.
        var asked = exchange.with(exchange.query().withFlags(exchange.query().flags() | Header.AD));
        var outcome = next.ask(asked);
        return outcome instanceof Outcome.Later(var later)
                ? later.thenApply(last -> landing.land(key, asked, last, refreshed))
                : CompletableFuture.completedFuture(landing.land(key, asked, outcome, refreshed));
    }

    private static Outcome settled(CompletableFuture<Landed> landed, Function<Landed, Outcome> outcome) {
        return landed.isDone() && !landed.isCompletedExceptionally()
                ? outcome.apply(landed.join())
                : new Outcome.Later(landed.thenCompose(last -> future(outcome.apply(last))));
    }

    private static CompletionStage<Outcome> future(Outcome outcome) {
        return outcome instanceof Outcome.Later(var later) ? later : CompletableFuture.completedFuture(outcome);
    }

    /// For who waited for another's question. What was for the other alone, he asks himself.
    private Outcome given(Landed landed, CacheKey key, Exchange exchange, Next next) {
        return switch (landed) {
            case Landed.Replied replied -> own(replied, exchange);
            case Landed.Failed failed -> own(failed, exchange);
            case Landed.Alone alone -> alone(key, exchange, next);
            case Landed.Own own -> alone(key, exchange, next);
        };
    }

    /// For who asked himself.
    private Outcome own(Landed landed, Exchange exchange) {
        if (!(landed instanceof Landed.Own)) {
            metrics(exchange).miss();
        }
        return fresh(landed, exchange);
    }

    private CacheMetrics.OfServer metrics(Exchange exchange) {
        return kept.metrics().of(Landing.server(exchange.notes()));
    }

    // Refreshing.

    private Outcome stale(CacheKey key, Exchange exchange, Next next, KeptAnswer found, long now) {
        var stale = stage.stale();
        return switch (stale.mode()) {
            case IMMEDIATE -> {
                if (found.beginRefresh(now)) {
                    refresh(key, exchange, next, found);
                }
                yield servedStale(exchange, found);
            }
            case VERIFY ->
                !stale.oneRefresh() || found.beginRefresh(now)
                        ? verified(key, exchange, next, found)
                        : servedStale(exchange, found);
        };
    }

    private Outcome servedStale(Exchange exchange, KeptAnswer found) {
        metrics(exchange).servedStale();
        int ttl = stage.stale().ttl();
        return verbatim(
                found, exchange, ttl == 0 && stage.keepTtl() ? found.reading().ttl() : ttl);
    }

    /// Asks again, and nobody waits for it.
    private void refresh(CacheKey key, Exchange exchange, Next next, KeptAnswer found) {
        metrics(exchange).prefetch();
        var _ = refreshed(key, exchange, next, found).whenComplete((landed, defect) -> {
            if (defect != null) {
                LOG.error("a defect of Waymark while {} was asked for again; it goes on", key.name(), defect);
            }
        });
    }

    /// Asks again; ends the refresh of `found`.
    private CompletableFuture<Landed> refreshed(CacheKey key, Exchange exchange, Next next, KeptAnswer found) {
        var apart = exchange.apart().with(wide(exchange.query()));
        return flights.ask(key, () -> askBehind(key, apart, next, found))
                .landed()
                .whenComplete((landed, defect) ->
                        endRefresh(found, defect == null && Landing.refreshes(landed, stage.stale())));
    }

    private void endRefresh(KeptAnswer found, boolean refreshed) {
        long now = nanoTime.getAsLong();
        found.endRefresh(
                now,
                refreshed,
                found.ttl(now) > 0 ? Duration.ZERO : stage.stale().recheck());
    }

    /// The same query, with room for what does not fit 512 octets.
    private static Query wide(Query query) {
        boolean dnssecOk = query.edns().map(Edns::dnssecOk).orElse(false);
        return query.udpLimit() >= UDP_SIZE
                ? query
                : query.with(Optional.of(new Edns(
                        UDP_SIZE, 0, dnssecOk, query.edns().map(Edns::options).orElse(List.of()))));
    }

    /// What upstream says now; if that is nothing, or not in time, what it said before.
    private Outcome verified(CacheKey key, Exchange exchange, Next next, KeptAnswer found) {
        var outcome = new CompletableFuture<Outcome>();
        var decided = new AtomicBoolean();
        var _ = refreshed(key, exchange, next, found).whenComplete((landed, defect) -> {
            if (decided.compareAndSet(false, true)) {
                outcome.complete(
                        defect == null && Landing.refreshes(landed, stage.stale())
                                ? fresh(landed, exchange)
                                : servedStale(exchange, found));
            }
        });
        var timeout = stage.stale().verifyTimeout();
        if (!timeout.isZero() && !outcome.isDone()) {
            delay.run(timeout, () -> {
                if (decided.compareAndSet(false, true)) {
                    outcome.complete(servedStale(exchange, found));
                }
            });
        }
        return outcome.isDone() ? outcome.join() : new Outcome.Later(outcome);
    }

    private static Outcome fresh(Landed landed, Exchange exchange) {
        return switch (landed) {
            case Landed.Replied(var reply, var reading) ->
                new Outcome.Verbatim(reply.reply(exchange.query(), reading.ttl()));
            case Landed.Failed(var fail) -> fail;
            case Landed.Alone(var outcome) -> outcome;
            case Landed.Own(var outcome) -> outcome;
        };
    }
}
