package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceObserver;
import io.waymark.source.SourceScope;
import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.HttpConnection;
import io.waymark.source.kubernetes.http.HttpReply;
import io.waymark.source.kubernetes.json.MalformedJson;
import io.waymark.source.kubernetes.pace.Backoff;
import io.waymark.source.kubernetes.pace.RequestPace;
import io.waymark.source.kubernetes.pace.Timing;
import io.waymark.source.kubernetes.protobuf.ApiStatus;
import io.waymark.source.kubernetes.protobuf.EventReader;
import io.waymark.source.kubernetes.protobuf.WatchEvent;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Reads one kind for ever: a list, then watches from its version on; after a cut a watch from where
/// the last one ended, and a new list where that cannot be trusted.
///
/// Lifecycle: [#run] on a thread of its own, until that is interrupted and the server closed.
final class ListWatch implements Runnable {
    private static final int BATCH_MAX = 64;
    private static final int USUAL_FAILURES = 2;
    private static final Duration SYNC_PATIENCE = Duration.ofSeconds(2);
    /// Takes what the server's cache has: the first list must not wait for etcd.
    private static final String ANY_VERSION = "0";
    /// Takes what etcd has now: the only list that helps when our version is gone.
    private static final String NEWEST_VERSION = "";

    private final ResourceKind kind;
    private final Reading reading;
    private final ObjectForm form;
    private final Start start;
    private final RandomGenerator random;
    private final Backoff backoff;

    private boolean listNeeded = true;
    private boolean watching;
    private String notOlderThan = ANY_VERSION;
    private long version;
    private long listedAt;

    /// What the lists and watches of one source share.
    /// @param synced counted down when all kinds are listed
    /// @param ended  counted down when the source is closed
    record Reading(
            ApiServer server,
            SourceScope scope,
            Timing timing,
            RequestPace pace,
            BlockingQueue<Step> steps,
            FreshnessLedger ledger,
            SourceObserver observer,
            CountDownLatch synced,
            CountDownLatch ended) {}

    /// What waits for our first steps, so that a cold process does one thing at a time. Each may be
    /// called again, and then has nothing to do.
    /// @param onRequest when a list has been asked for
    /// @param onList    when a list has been read, on our connection
    /// @param onFailure when an attempt failed
    record Start(Runnable onRequest, Rider onList, Runnable onFailure) {
        static final Start ALONE = new Start(() -> {}, connection -> true, () -> {});
    }

    /// Uses another's connection between its requests.
    @FunctionalInterface
    interface Rider {
        /// @return whether the connection can be used further
        boolean ride(HttpConnection connection) throws InterruptedException;
    }

    ListWatch(ResourceKind kind, Reading reading, ObjectForm form, Start start, RandomGenerator random) {
        this.kind = kind;
        this.reading = reading;
        this.form = form;
        this.start = start;
        this.random = random;
        this.backoff = new Backoff(reading.timing.retryFirst(), reading.timing.retryMax(), random);
    }

    @Override
    public void run() {
        try {
            if (!listNeeded) {
                // A handshake now would only slow down the lists that others are waiting for.
                reading.synced.await(SYNC_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            }
            while (!isEnded()) {
                try {
                    round();
                } catch (IOException failure) {
                    start.onFailure.run();
                    failed(failure);
                }
            }
        } catch (InterruptedException ended) {
            // The source was closed: there is nothing left to do.
            return;
        }
    }

    private boolean isEnded() {
        return reading.ended.getCount() == 0;
    }

    /// What can be done on one connection.
    private void round() throws IOException, InterruptedException {
        watching = false;
        try (var connection = open()) {
            boolean usable = true;
            while (usable && !isEnded()) {
                usable = listNeeded ? list(connection) && start.onList.ride(connection) : watch(connection);
            }
        }
    }

    private HttpConnection open() throws IOException {
        try {
            return reading.server.open(reading.timing.connect());
        } catch (IOException failure) {
            reading.observer.saw(new SourceEvent.Requested(host(), 0));
            throw failure;
        }
    }

    /// A request and the head of its reply.
    private interface Attempt {
        HttpReply make() throws IOException;
    }

    private HttpReply counted(Attempt attempt) throws IOException {
        int status = 0;
        try {
            var reply = attempt.make();
            status = reply.status();
            return reply;
        } finally {
            reading.observer.saw(new SourceEvent.Requested(host(), status));
        }
    }

    private void paced(long waiting) {
        reading.observer.saw(new SourceEvent.Paced(host(), Duration.ofNanos(System.nanoTime() - waiting)));
    }

    private String host() {
        return reading.server.location().authority();
    }

    /// The first list, on a connection of another kind.
    boolean listOn(HttpConnection connection) throws InterruptedException {
        try {
            return !listNeeded || list(connection);
        } catch (IOException failure) {
            note(failure);
            return false;
        }
    }

    private boolean list(HttpConnection connection) throws IOException, InterruptedException {
        long waiting = System.nanoTime();
        var admission = reading.pace.admitList();
        paced(waiting);
        try {
            return admittedList(connection);
        } finally {
            admission.close();
        }
    }

    private boolean admittedList(HttpConnection connection) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        var reply = counted(() -> {
            connection.send(kind.listTarget(reading.scope, notOlderThan), form.listType(), "gzip");
            start.onRequest.run();
            return connection.receive(reading.timing.list());
        });
        if (kind.isMissing(reply.status())) {
            putNone();
        }
        checkAccepted(reply);
        reading.steps.put(new Step.ListBegun(kind));
        var batch = new ArrayList<ClusterDelta>(BATCH_MAX);
        version = form.readList(reply.body(), delta -> {
            batch.add(delta);
            if (batch.size() == BATCH_MAX) {
                reading.steps.put(new Step.Listed(kind, List.copyOf(batch)));
                batch.clear();
            }
        });
        reading.observer.saw(new SourceEvent.ListRead(host(), Duration.ofNanos(System.nanoTime() - asked)));
        reading.steps.put(new Step.Listed(kind, List.copyOf(batch)));
        reading.steps.put(new Step.ListEnded(kind, version));
        notOlderThan = Long.toString(version);
        listNeeded = false;
        listedAt = System.nanoTime();
        return connection.finish(reply);
    }

    /// Where the server does not have the kind, there are none: the others need not wait for it.
    private void putNone() throws InterruptedException {
        reading.steps.put(new Step.ListBegun(kind));
        reading.steps.put(new Step.ListEnded(kind, 0));
    }

    private boolean watch(HttpConnection connection) throws IOException, InterruptedException {
        int seconds = (int) reading.timing.watchFor().toSeconds();
        int lasting = seconds + random.nextInt(seconds + 1);
        long waiting = System.nanoTime();
        reading.pace.admitRequest();
        paced(waiting);
        var reply = counted(() -> {
            connection.send(kind.watchTarget(reading.scope, version, lasting), form.watchType(), "identity");
            return connection.receive(reading.timing.watchHead());
        });
        checkAccepted(reply);
        reading.ledger.regained(kind);
        watching = true;
        long begun = System.nanoTime();
        readEvents(connection, form.events(reply.body()));
        if (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
            throw new IOException("the server ended a watch as soon as it began");
        }
        listNeeded = System.nanoTime() - listedAt > reading.timing.verifyEvery().toNanos();
        return connection.finish(reply);
    }

    /// Returns where the watch ends in order. The version goes on with what was handed over, so that
    /// whatever is lost with a connection comes again on the next.
    private void readEvents(HttpConnection connection, EventReader reader) throws IOException, InterruptedException {
        var batch = new ArrayList<Step.Change>();
        long upTo = version;
        long readAt = 0;
        while (true) {
            connection.extend(reading.timing.watchSilence());
            switch (reader.next()) {
                case WatchEvent.Changed(var delta, long at, var time) -> {
                    // What is older than the state came before: a watch goes only forward.
                    if (at >= upTo) {
                        readAt = batch.isEmpty() ? System.nanoTime() : readAt;
                        batch.add(new Step.Change(delta, time));
                        upTo = at;
                    }
                }
                case WatchEvent.Bookmark(long at) -> upTo = Math.max(upTo, at);
                case WatchEvent.Failed(var status) -> throw new Refusal(status, kind);
                case WatchEvent.Ended() -> {
                    return;
                }
            }
            backoff.succeeded();
            if (batch.size() == BATCH_MAX || !reader.hasNextAtHand()) {
                reading.steps.put(new Step.Watched(kind, List.copyOf(batch), upTo, readAt));
                version = upTo;
                notOlderThan = Long.toString(version);
                batch.clear();
            }
        }
    }

    private void checkAccepted(HttpReply reply) throws IOException {
        if (reply.status() != 200) {
            throw new Refusal(ApiStatus.ofBody(reply.refusal(), reply.status()), kind);
        }
    }

    private void failed(IOException failure) throws InterruptedException {
        if (isEnded()) {
            return;
        }
        note(failure);
        var delay = backoff.next();
        boolean closed = reading.ended.await(delay.toNanos(), TimeUnit.NANOSECONDS);
        if (closed) {
            throw new InterruptedException("closed while waiting for the next attempt");
        }
    }

    /// Decides what the next attempt begins with, and whether people should know.
    private void note(IOException failure) {
        boolean isSilence = failure instanceof SocketTimeoutException;
        boolean isNonsense =
                failure instanceof Refusal || failure instanceof MalformedProtobuf || failure instanceof MalformedJson;
        boolean isExpired = failure instanceof Refusal refusal && refusal.isExpired();
        if (failure instanceof Refusal refusal && refusal.isUnauthorized()) {
            reading.server.credential().refused();
        }
        if (isExpired) {
            notOlderThan = NEWEST_VERSION;
        }
        listNeeded |= isExpired || watching && isNonsense;
        // A watch that is cut, by a restart or a balancer, and then a version that is gone, are no
        // news if the next attempt does it.
        boolean isUsual = isExpired || watching && !isSilence && !isNonsense;
        if (!isUsual || backoff.failures() >= USUAL_FAILURES) {
            reading.ledger.lost(kind, FailureText.of(failure));
        }
    }
}
