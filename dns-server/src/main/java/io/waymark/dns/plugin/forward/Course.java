package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.Flights.Flight;
import io.waymark.dns.plugin.forward.ForwardOptions.Choice;
import io.waymark.dns.plugin.forward.Forwarder.Member;
import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.dns.plugin.forward.upstream.UpstreamException;
import io.waymark.records.message.Message;
import io.waymark.records.message.Received.Matched;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One question on its way from upstream to upstream, until one replies, the attempts are used up or
/// the deadline has come. Those that are down are left out; but if all are, one is asked nevertheless,
/// for it may be the checks that fail. One step at a time, on whichever thread brought the step
/// before to its end.
final class Course {
    /// However many are written: an upstream that refuses does so in microseconds.
    static final int ATTEMPTS_MAX = 64;

    private final Options options;
    private final List<Member> members;
    private final int[] order;
    private final Flight flight;
    private final LongSupplier nanoTime;
    private final long deadline;
    private final CompletableFuture<ForwardResult> result = new CompletableFuture<>();
    private volatile CompletableFuture<Matched> asking = new CompletableFuture<>();
    private int turn;
    private int failures;
    private int failovers;
    private Optional<ForwardResult> fallback = Optional.empty();

    /// @param attemptsMax failures after which no more is tried, 1 to [#ATTEMPTS_MAX]
    /// @param read        how long one upstream is waited for
    /// @param total       how long the question may take
    /// @param wholeAlways whether a truncated reply is asked for again over TCP whoever asked
    /// @param allDown     counts how often all upstreams were down
    /// @param listeners   told each attempt, on an event loop
    record Options(
            Choice choice,
            int attemptsMax,
            Duration read,
            Duration total,
            boolean wholeAlways,
            LongAdder allDown,
            List<Consumer<Attempt>> listeners) {}

    /// @param order each member's index once
    Course(Options options, List<Member> members, int[] order, Flight flight, LongSupplier nanoTime) {
        this.options = options;
        this.members = members;
        this.order = order;
        this.flight = flight;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + options.total().toNanos();
        // Given up to make room, it must not hold a socket either.
        var _ = flight.result().whenComplete((end, failure) -> asking.cancel(false));
    }

    CompletableFuture<ForwardResult> result() {
        return result;
    }

    void begin() {
        next("no upstream could be asked in time");
    }

    /// @param trouble what went wrong before
    private void next(String trouble) {
        try {
            ask(trouble);
        } catch (RuntimeException defect) {
            result.completeExceptionally(defect);
        }
    }

    private void ask(String trouble) {
        if (failures >= options.attemptsMax() || left() <= 0) {
            end(trouble);
            return;
        }
        var chosen = choose();
        if (chosen.isEmpty()) {
            end(members.stream()
                    .map(Member::barred)
                    .filter(reason -> !reason.isEmpty())
                    .findFirst()
                    .orElse("all upstreams are down, the last by this: " + trouble));
            return;
        }
        var member = chosen.get();
        ask(member, flight.way(), (reply, failure) -> {
            if (failure != null) {
                failures++;
                member.health().questionFailed();
                next(reason(failure));
            } else if (reply.truncated() && flight.way() == Way.DATAGRAM && isWorthTcp()) {
                ask(member, Way.STREAM, (whole, noTcp) -> decide(member, noTcp == null ? whole : reply));
            } else {
                decide(member, reply);
            }
        });
    }

    /// @param then is not called if the flight was given up in the meantime
    private void ask(Member member, Way way, BiConsumer<Matched, @Nullable Throwable> then) {
        var upstream = member.destination().upstream();
        long began = nanoTime.getAsLong();
        var question = upstream.ask(flight.query(), way, patience());
        asking = question;
        if (flight.result().isDone()) {
            question.cancel(false);
        }
        var _ = question.whenComplete((reply, failure) -> {
            for (var listener : options.listeners()) {
                var octets = failure == null ? reply.octets() : new byte[0];
                listener.accept(new Attempt(flight.query(), upstream.route(way), octets, nanoTime.getAsLong() - began));
            }
            if (flight.result().isDone()) {
                result.cancel(false);
            } else {
                then.accept(reply, failure);
            }
        });
    }

    private void end(String trouble) {
        result.complete(fallback.orElseGet(() -> new ForwardResult.NoReply(trouble)));
    }

    /// The next in the order that is neither barred nor down.
    private Optional<Member> choose() {
        Optional<Member> down = Optional.empty();
        for (int i = 0; i < order.length; i++) {
            var member = members.get(order[turn++ % order.length]);
            if (member.barred().isEmpty()) {
                if (!member.health().down()) {
                    return Optional.of(member);
                }
                down = Optional.of(member);
            }
        }
        if (down.isPresent()) {
            options.allDown().increment();
        }
        return options.choice().failFast() ? Optional.empty() : down;
    }

    private long left() {
        return deadline - nanoTime.getAsLong();
    }

    /// Half of the time is kept for another upstream if connecting to this one takes too long.
    private Patience patience() {
        long left = Math.max(1, left());
        long read = Math.min(left, options.read().toNanos());
        return new Patience(Duration.ofNanos(read), Duration.ofNanos(Math.max(read, left / 2)));
    }

    // A client that takes no more than 512 octets gains nothing: it comes back over TCP.
    private boolean isWorthTcp() {
        return options.wholeAlways() || flight.roomMax() > Message.UDP_OCTETS_MIN;
    }

    private void decide(Member member, Matched reply) {
        var replied = new ForwardResult.Replied(reply, member.name());
        if (options.choice().failover().contains(reply.rcode()) && ++failovers < members.size()) {
            fallback = Optional.of(replied);
            next("no upstream has a better reply than " + reply.rcode());
        } else {
            result.complete(replied);
        }
    }

    private static String reason(Throwable failure) {
        var cause = Optional.ofNullable(failure.getCause()).orElse(failure);
        return cause instanceof UpstreamException ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
