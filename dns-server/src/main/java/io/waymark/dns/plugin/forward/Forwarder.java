package io.waymark.dns.plugin.forward;

import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.UpstreamQuery;
import io.waymark.records.message.UpstreamReply;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Asks other servers, one after the other until one replies: at most twice each, each no longer
/// than the read timeout, all together no longer than the deadline. Those that are down are left
/// out; but if all are, they are asked nevertheless, for it may be the probes that fail. Questions that are equal octet
/// for octet while one is in flight share its reply. Any
/// thread may ask.
public final class Forwarder {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    private final ForwardConfig config;
    private final List<Member> members;
    private final UpstreamChoice choice;
    private final Query probe;
    private final LongSupplier nanoTime;
    private final AtomicInteger concurrent = new AtomicInteger();
    private final ConcurrentHashMap<Key, CompletableFuture<ForwardResult>> inFlight = new ConcurrentHashMap<>();

    /// One upstream and what is known of it.
    private record Member(Upstream upstream, UpstreamHealth health) {}

    /// What two questions must have in common to share a reply: all that is sent on.
    private record Key(ByteBuffer sentOn, boolean tcp) {}

    /// @param nanoTime the clock that the deadline is measured with
    /// @param random   for the policy; IDs and ports are the upstreams' own
    public Forwarder(
            ForwardConfig config, List<? extends Upstream> upstreams, LongSupplier nanoTime, RandomGenerator random) {
        this.config = config;
        this.members = upstreams.stream()
                .map(upstream -> new Member(upstream, new UpstreamHealth(config.failsMax())))
                .toList();
        this.choice = new UpstreamChoice(config.policy(), random);
        this.probe = probeQuery(config.probe());
        this.nanoTime = nanoTime;
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a forwarder has at least one upstream");
        }
    }

    /// Completes within the deadline, never exceptionally but for a defect of ours.
    /// @param overTcp whether the client came over TCP
    public CompletableFuture<ForwardResult> ask(Query query, boolean overTcp) {
        if (concurrent.incrementAndGet() > config.concurrentMax()) {
            concurrent.decrementAndGet();
            return CompletableFuture.completedFuture(new ForwardResult.TooMany());
        }
        boolean tcp = switch (config.protocol()) {
            case AS_ASKED -> overTcp;
            case PREFER_UDP -> false;
            case FORCE_TCP -> true;
        };
        var key = new Key(ByteBuffer.wrap(UpstreamQuery.compose(query, 0)), tcp);
        var mine = new CompletableFuture<ForwardResult>();
        var others = inFlight.putIfAbsent(key, mine);
        if (others != null) {
            return others.whenComplete((result, failure) -> concurrent.decrementAndGet());
        }
        var asked = mine.whenComplete((result, failure) -> {
            inFlight.remove(key, mine);
            concurrent.decrementAndGet();
        });
        new Attempt(query, tcp, mine).next("");
        return asked;
    }

    /// How many questions wait for an upstream, each client's counted.
    public int inFlight() {
        return concurrent.get();
    }

    /// Probes those upstreams that failed a question and have not recovered. To be called at the
    /// interval of its configuration.
    public void probe() {
        for (var member : members) {
            if (member.health().beginProbe()) {
                var _ = member.upstream().askUdp(probe, PROBE_TIMEOUT).whenComplete((reply, failure) -> {
                    if (failure == null) {
                        member.health().probeSucceeded();
                    } else {
                        member.health().probeFailed();
                    }
                });
            }
        }
    }

    /// The upstreams that count as down, for people.
    public List<String> down() {
        return members.stream()
                .filter(member -> member.health().down())
                .map(member -> member.upstream().name())
                .toList();
    }

    /// One question on its way from upstream to upstream. One step at a time, on whichever thread
    /// brought the step before to its end.
    private final class Attempt {
        private final Query query;
        private final boolean tcp;
        private final CompletableFuture<ForwardResult> result;
        private final long deadline = nanoTime.getAsLong() + config.deadline().toNanos();
        private final List<Member> order;
        private int tried;

        Attempt(Query query, boolean tcp, CompletableFuture<ForwardResult> result) {
            this.query = query;
            this.tcp = tcp;
            this.result = result;
            this.order = order();
        }

        private List<Member> order() {
            var all = Arrays.stream(choice.order(members.size()))
                    .mapToObj(members::get)
                    .toList();
            var up = all.stream().filter(member -> !member.health().down()).toList();
            var usable = up.isEmpty() ? all : up;
            var twice = new ArrayList<Member>(usable);
            twice.addAll(usable);
            return twice;
        }

        /// @param trouble what went wrong with the upstream before; empty at first
        void next(String trouble) {
            try {
                ask(trouble);
            } catch (RuntimeException defect) {
                result.completeExceptionally(defect);
            }
        }

        private void ask(String trouble) {
            long left = deadline - nanoTime.getAsLong();
            if (tried == order.size() || left <= 0) {
                result.complete(new ForwardResult.NoReply(trouble));
                return;
            }
            var member = order.get(tried++);
            var timeout = shorter(config.readTimeout(), Duration.ofNanos(left));
            var upstream = member.upstream();
            var asking = tcp ? upstream.askTcp(query, timeout) : upstream.askUdp(query, timeout);
            var _ = asking.whenComplete((reply, failure) -> {
                if (failure != null) {
                    member.health().questionFailed();
                    next(reason(failure));
                } else if (!tcp && truncated(reply)) {
                    askAgainOverTcp(upstream, reply);
                } else {
                    result.complete(new ForwardResult.Replied(reply));
                }
            });
        }

        // A client that takes no more than 512 octets gains nothing: it comes back over TCP.
        private boolean truncated(byte[] reply) {
            return UpstreamReply.isTruncated(reply, 0) && query.udpLimit() > Message.UDP_OCTETS_MIN;
        }

        private void askAgainOverTcp(Upstream upstream, byte[] truncated) {
            long left = deadline - nanoTime.getAsLong();
            var timeout = shorter(config.readTimeout(), Duration.ofNanos(Math.max(1, left)));
            var _ = upstream.askTcp(query, timeout)
                    .whenComplete((whole, failure) ->
                            result.complete(new ForwardResult.Replied(failure == null ? whole : truncated)));
        }
    }

    private static String reason(Throwable failure) {
        var cause = Optional.ofNullable(failure.getCause()).orElse(failure);
        return cause instanceof UpstreamException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Query probeQuery(ForwardConfig.Probe probe) {
        var question = new Question(probe.domain(), RecordType.NS, ResourceRecord.CLASS_IN);
        var message = new Message(
                new Header(0, probe.recursion() ? Header.RD : 0),
                Rcode.NOERROR,
                List.of(question),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        var octets = MessageComposer.compose(message, Message.UDP_OCTETS_MIN);
        if (Query.parse(octets, 0, octets.length) instanceof Query query) {
            return query;
        }
        throw new IllegalStateException("the probe does not parse");
    }
}
