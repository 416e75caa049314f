package io.waymark.dns.plugin.cache;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.cache.CacheStage.ServeStale;
import io.waymark.dns.plugin.cache.ReplyReading.Kind;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.ReplyComposer;
import io.waymark.records.message.StoredReply;
import io.waymark.records.name.DomainName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What becomes of an outcome of the plugins behind: upstreams' replies are read and kept, all else is
/// handed on.
final class Landing {
    /// Plugins that have their answers from elsewhere.
    private static final Set<String> UPSTREAM = Set.of("forward", "grpc");

    private final CacheStage stage;
    private final KeptAnswers kept;
    private final OwnTtl ownTtl;
    private final LongSupplier nanoTime;
    private final InstantSource clock;

    Landing(CacheStage stage, KeptAnswers kept, OwnTtl ownTtl, LongSupplier nanoTime, InstantSource clock) {
        this.stage = stage;
        this.kept = kept;
        this.ownTtl = ownTtl;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /// What a question came to. What can be kept of it is.
    /// @param exchange that was asked
    /// @param refreshed what it was asked for again for; null if there was nothing
    Landed land(CacheKey key, Exchange exchange, Outcome outcome, @Nullable KeptAnswer refreshed) {
        return switch (outcome) {
            case Outcome.Verbatim(var octets) -> replied(key, exchange, octets, refreshed);
            case Outcome.Edited(var message)
            when isFromUpstream(exchange) -> replied(key, exchange, octets(message), refreshed);
            case Outcome.Fail fail
            when isFromUpstream(exchange) -> {
                if (refreshed == null && fail.rcode().equals(Rcode.SERVFAIL)) {
                    keepFailure(key, exchange);
                }
                yield new Landed.Failed(fail);
            }
            default -> own(key, outcome, refreshed);
        };
    }

    private Landed own(CacheKey key, Outcome outcome, @Nullable KeptAnswer refreshed) {
        var own = new Landed.Own(ownTtl.on(outcome));
        if (refreshed != null && refreshes(own, stage.stale())) {
            forget(key);
        }
        return own;
    }

    private void forget(CacheKey key) {
        Optional.ofNullable(kept.store()).ifPresent(store -> store.forget(key));
    }

    private static boolean isFromUpstream(Exchange exchange) {
        return exchange.notes().answeredBy().filter(UPSTREAM::contains).isPresent();
    }

    /// What an edited reply looks like on the wire; its EDNS is of one hop, and left out.
    private static byte[] octets(Message message) {
        var bare = message.rcode().code() > 0xf
                ? message
                : new Message(
                        message.header(),
                        message.rcode(),
                        message.questions(),
                        message.answer(),
                        message.authority(),
                        message.additional(),
                        Optional.empty());
        return MessageComposer.compose(bare, Message.OCTETS_MAX);
    }

    private Landed replied(CacheKey key, Exchange exchange, byte[] octets, @Nullable KeptAnswer refreshed) {
        if (!(MessageParser.parse(octets, 0, octets.length) instanceof MessageParse.Parsed(var message, int end))
                || !message.questions().equals(List.of(exchange.question()))) {
            kept.metrics().of(server(exchange.notes())).drop();
            return new Landed.Alone(new Outcome.Verbatim(octets));
        }
        var reading = ReplyReading.of(message, stage, clock.instant().getEpochSecond());
        boolean keeps = reading.kind() != Kind.PASSING;
        var stored = keeps ? StoredReply.withoutEdns(octets) : StoredReply.whole(octets);
        if (stored.isEmpty()) {
            return new Landed.Alone(new Outcome.Verbatim(octets));
        }
        if (!reading.whole()) {
            return new Landed.Alone(new Outcome.Verbatim(stored.get().reply(exchange.query(), reading.ttl())));
        }
        if (keeps) {
            keep(key, exchange, stored.get(), reading, refreshed);
        } else if (reading.conclusive()
                && isNews(message, reading)
                && !stage.stale().preferPositive()) {
            // It cannot be kept, but what was before is not true any more.
            forget(key);
        }
        return new Landed.Replied(stored.get(), reading);
    }

    private static boolean isNews(Message reply, ReplyReading reading) {
        return reply.rcode().equals(Rcode.NXDOMAIN) || reading.ttl() == 0;
    }

    private void keep(
            CacheKey key, Exchange exchange, StoredReply reply, ReplyReading reading, @Nullable KeptAnswer refreshed) {
        long now = nanoTime.getAsLong();
        boolean ofStale = refreshed != null && refreshed.ttl(now) <= 0;
        boolean failsToRefresh =
                ofStale && reading.kind() == Kind.FAILURE && !stage.stale().preferPositive();
        var disabled = reading.kind() == Kind.SUCCESS
                ? stage.disabled().success()
                : stage.disabled().denial();
        if (failsToRefresh || isWithin(key.name(), disabled)) {
            return;
        }
        var popularity = refreshed == null ? new Popularity() : refreshed.popularity();
        var answer = new KeptAnswer(reply, reading, now, popularity, lastAnswering(key, reading));
        kept.put(key, answer, server(exchange.notes()));
    }

    private @Nullable KeptAnswer lastAnswering(CacheKey key, ReplyReading reading) {
        var store = kept.store();
        boolean wanted = stage.stale().preferPositive() && reading.kind() == Kind.SUCCESS && !reading.answering();
        var before = store != null && wanted ? store.success(key) : null;
        return before == null ? null : before.answering().orElse(null);
    }

    /// So that the next who ask need not wait for the same failure (RFC 9520 §3.2).
    private void keepFailure(CacheKey key, Exchange exchange) {
        boolean recursion = exchange.notes()
                .served()
                .map(served -> served.block().traits().recursion())
                .orElse(false);
        var reply = new Reply(Rcode.SERVFAIL, false, recursion, List.of(), List.of(), List.of());
        var octets = ReplyComposer.compose(exchange.query(), reply, Message.UDP_OCTETS_MIN);
        int ttl = (int) stage.servfail().toSeconds();
        var reading = new ReplyReading(Kind.FAILURE, false, true, false, ttl);
        if (ttl > 0) {
            StoredReply.withoutEdns(octets).ifPresent(stored -> keep(key, exchange, stored, reading, null));
        }
    }

    private static boolean isWithin(DomainName name, List<DomainName> zones) {
        return zones.stream().anyMatch(name::isWithin);
    }

    /// Where the client's query came, as metrics name it.
    static String server(Notes notes) {
        return notes.served().map(served -> served.server()).orElse("");
    }

    /// Whether a reply counts as a refresh of an answer whose time is over.
    static boolean refreshes(Landed landed, ServeStale stale) {
        return switch (landed) {
            case Landed.Replied(var reply, var reading) ->
                reading.conclusive()
                        && (!stale.preferPositive() || reading.kind() == Kind.SUCCESS && reading.answering());
            case Landed.Own(var outcome) ->
                outcome instanceof Outcome.Answer(var reply)
                        && (reply.rcode().equals(Rcode.NOERROR) || reply.rcode().equals(Rcode.NXDOMAIN));
            case Landed.Failed failed -> false;
            case Landed.Alone alone -> false;
        };
    }
}
