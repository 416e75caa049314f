package io.waymark.proxy.events;

import io.waymark.source.kubernetes.KubernetesConfig;
import io.waymark.source.kubernetes.ObjectWriter;
import io.waymark.source.kubernetes.ObjectWriter.Written;
import io.waymark.source.kubernetes.pace.Backoff;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the API server, on a thread of its own. What comes while it cannot be reached waits, up to
/// [#WAITING_MAX]; what comes then, what was tried [#TRIES_MAX] times and what the server refuses is
/// counted and forgotten.
/// Lifecycle: [#start], telling, [#close], which gives what waits a moment to be told.
public final class ApiEvents implements EventRecorder {
    static final int WAITING_MAX = 1000;
    static final int TRIES_MAX = 12;
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(10);
    /// How often it is looked whether a series has ended.
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /// Wakes the thread; is told to nobody.
    private static final ProxyEvent LAST = ProxyEvent.warning(ProxyEvent.Subject.node(""), "", "", "");

    private final BlockingQueue<ProxyEvent> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final EventLedger ledger = new EventLedger();
    private final Backoff backoff = new Backoff(RETRY_FIRST, RETRY_MAX, RandomGenerator.getDefault());
    private final LongAdder dropped = new LongAdder();
    private final InstantSource clock;
    private final ObjectWriter writer;
    private final String host;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("proxy-events").unstarted(this::run);
    private volatile boolean closing;
    private String trouble = "";

    private ApiEvents(ObjectWriter writer, String host, InstantSource clock) {
        this.writer = writer;
        this.host = host;
        this.clock = clock;
    }

    /// @param host the name of this host, which Events name as their origin
    public static ApiEvents start(KubernetesConfig config, RequestLimits limits, String host, InstantSource clock) {
        var events = new ApiEvents(new ObjectWriter(config, limits), host, clock);
        events.thread.start();
        return events;
    }

    @Override
    public void record(ProxyEvent event) {
        if (closing || !waiting.offer(event)) {
            dropped.increment();
        }
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        try {
            while (!(closing && waiting.isEmpty())) {
                var event = waiting.poll(LOOK.toSeconds(), TimeUnit.SECONDS);
                var now = clock.instant();
                if (event != null && !event.equals(LAST)) {
                    tell(event, now);
                }
                for (var entry : ledger.due(now)) {
                    write(entry);
                }
            }
        } catch (InterruptedException closed) {
            dropped.add(waiting.size());
        } finally {
            writer.close();
        }
    }

    private void tell(ProxyEvent event, Instant now) throws InterruptedException {
        boolean lost = ledger.isFull();
        var entry = ledger.saw(event, now);
        if (entry.isPresent()) {
            write(entry.get());
        } else if (lost) {
            dropped.increment();
        }
    }

    private void write(EventLedger.Entry entry) throws InterruptedException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            switch (send(entry)) {
                case Written.Done done -> {
                    backoff.succeeded();
                    trouble = "";
                    return;
                }
                case Written.Refused(int status, var why) -> {
                    backoff.succeeded();
                    if (status != 409) {
                        lost(why);
                    }
                    return;
                }
                case Written.Unreachable(var why) -> {
                    LOG.debug("An Event waits: {}", why);
                    Thread.sleep(backoff.next());
                }
            }
        }
        lost("the API server cannot be reached");
    }

    private Written send(EventLedger.Entry entry) throws InterruptedException {
        var collection = "/apis/events.k8s.io/v1/namespaces/" + EventJson.namespace(entry.event()) + "/events";
        if (entry.count() > 1) {
            var patched = writer.patch(collection + "/" + entry.name(), EventJson.patch(entry));
            // It was forgotten by the server, as Events are after an hour.
            if (!(patched instanceof Written.Refused(int status, var why) && status == 404)) {
                return patched;
            }
        }
        return writer.create(collection, EventJson.whole(entry, host));
    }

    private void lost(String why) {
        dropped.increment();
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn("Events cannot be told: {}; what they say is in this log", why);
        }
    }

    @Override
    public void close() {
        closing = true;
        boolean isFull = !waiting.offer(LAST); // then there is no need to wake it
        LOG.debug("Events end{}", isFull ? ", some untold" : "");
        try {
            if (!thread.join(FAREWELL)) {
                writer.close();
                thread.interrupt();
                thread.join(FAREWELL);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
