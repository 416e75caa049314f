package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.Flights.Flight;
import io.waymark.dns.plugin.forward.ForwardOptions.Attempts;
import io.waymark.dns.plugin.forward.ForwardOptions.Protocol;
import io.waymark.dns.plugin.forward.UpstreamHealth.Later;
import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import io.waymark.records.view.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Asks other servers for the clients of one `forward` line. Equal questions share one
/// [Flight] while it lasts. How much is under way is bounded:
///
/// | `max_concurrent` | past the bound |
/// |---|---|
/// | is written | the new question is refused, as CoreDNS does |
/// | is not | the flight that has lasted longest is given up: its client has most likely gone |
///
/// Any thread may ask. Lifecycle: asking, [#close].
public final class Forwarder implements AutoCloseable {
    /// Clients' questions under way at once without `max_concurrent`: each holds a socket and some
    /// hundred octets.
    public static final int UNDER_WAY_MAX = 4_096;

    private static final Duration DEADLINE_MIN = Duration.ofSeconds(5);

    private final ForwardOptions options;
    private final List<Member> members;
    private final UpstreamChoice choice;
    private final ForwardMetrics metrics;
    private final LongSupplier nanoTime;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Flights flights = new Flights();
    private final List<Consumer<Attempt>> listeners = new CopyOnWriteArrayList<>();

    /// @param later    for the health checks
    /// @param nanoTime the clock that the deadline is measured with
    /// @param random   for the policy; IDs and ports are the upstreams' own
    Forwarder(
            ForwardOptions options,
            List<Destination> destinations,
            ForwardMetrics metrics,
            Later later,
            LongSupplier nanoTime,
            RandomGenerator random) {
        if (destinations.isEmpty()) {
            throw new IllegalArgumentException("a forwarder has at least one upstream");
        }
        this.options = options;
        var checkWay = options.travel().protocol() == Protocol.FORCE_TCP ? Way.STREAM : Way.DATAGRAM;
        this.members = destinations.stream()
                .map(destination -> new Member(
                        destination, checkWay, new UpstreamHealth(destination, options.health(), checkWay, later)))
                .toList();
        this.choice = new UpstreamChoice(options.choice().policy(), random);
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /// Completes within the deadline, never exceptionally but for a defect of ours.
    /// @param client how it came, and so by which way it is asked for if nothing else is said
    /// @param room   octets of a reply that the client can take
    public CompletableFuture<ForwardResult> ask(Query query, Way client, View view, int room) {
        if (!makeRoom()) {
            metrics.rejected().increment();
            return CompletableFuture.completedFuture(new ForwardResult.TooMany(options.concurrentMax()));
        }
        var way = switch (options.travel().protocol()) {
            case AS_CLIENT -> client;
            case PREFER_UDP -> Way.DATAGRAM;
            case FORCE_TCP -> Way.STREAM;
        };
        var boarding = flights.board(query, way, view, room);
        var flight = boarding.flight();
        var asked = flight.result().whenComplete((result, failure) -> underWay.decrementAndGet());
        if (boarding.first()) {
            start(flight);
        } else {
            metrics.shared().increment();
        }
        return asked;
    }

    private void start(Flight flight) {
        var course = new Course(courseOptions(), members, choice.order(members.size()), flight, nanoTime);
        var _ = course.result().whenComplete((result, failure) -> {
            flights.land(flight);
            if (failure == null) {
                flight.result().complete(result);
            } else {
                flight.result().completeExceptionally(failure);
            }
        });
        course.begin();
    }

    private Course.Options courseOptions() {
        int written = options.choice().attemptsMax() instanceof Attempts.AtMost(int count) ? count : 2 * members.size();
        var read = options.travel().readTimeout();
        return new Course.Options(
                options.choice(),
                written == 0 ? Course.ATTEMPTS_MAX : Math.min(written, Course.ATTEMPTS_MAX),
                read,
                read.compareTo(DEADLINE_MIN) > 0 ? read : DEADLINE_MIN,
                options.travel().protocol() == Protocol.PREFER_UDP,
                metrics.allDown(),
                listeners);
    }

    /// Counts one question more, unless it is to be refused.
    private boolean makeRoom() {
        int now = underWay.incrementAndGet();
        if (options.concurrentMax() > 0) {
            if (now > options.concurrentMax()) {
                underWay.decrementAndGet();
                return false;
            }
            return true;
        }
        while (underWay.get() > UNDER_WAY_MAX) {
            var oldest = flights.takeOldest();
            if (oldest.isEmpty()) {
                break;
            }
            metrics.shed().increment();
            oldest.get()
                    .result()
                    .complete(new ForwardResult.NoReply("given up, as the oldest of more than " + UNDER_WAY_MAX
                            + " forwarded questions under way; the upstreams are slow, or asked too much"));
        }
        return true;
    }

    /// Has a listener told, from now on, each question that is put to an upstream. It must not block.
    void tellAttempts(Consumer<Attempt> listener) {
        listeners.add(listener);
    }

    /// How many clients' questions wait for an upstream.
    public int underWay() {
        return underWay.get();
    }

    /// The upstreams, in the order of the text.
    public List<Member> members() {
        return members;
    }

    @Override
    public void close() {
        for (var member : members) {
            member.health().end();
            member.destination().upstream().close();
        }
    }

    /// One upstream and what is known of it.
    public static final class Member {
        private final Destination destination;
        private final Way checkWay;
        private final UpstreamHealth health;
        private volatile String barred = "";

        Member(Destination destination, Way checkWay, UpstreamHealth health) {
            this.destination = destination;
            this.checkWay = checkWay;
            this.health = health;
        }

        /// For people: `192.0.2.1:53`.
        public String name() {
            return destination.upstream().name();
        }

        /// The word of the Corefile that led to it.
        public String written() {
            return destination.written();
        }

        /// Asks this upstream and no other, in the way of its health checks.
        public CompletableFuture<Matched> ask(Query query, Patience patience) {
            return destination.upstream().ask(query, checkWay, patience);
        }

        /// From now on it is not asked, for this reason; no more of it with an empty one.
        public void bar(String reason) {
            barred = reason;
        }

        String barred() {
            return barred;
        }

        Destination destination() {
            return destination;
        }

        UpstreamHealth health() {
            return health;
        }
    }
}
