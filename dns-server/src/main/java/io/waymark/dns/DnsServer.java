package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.feed.ClusterFeeds;
import io.waymark.dns.feed.FeedClaim;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.plan.ListenerPlan;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.dns.reload.Reloader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The DNS server: every part of it is made here.
///
/// ```
///                    ┌ Generation: what one Corefile makes ───────────────────────┐
/// ClusterFeeds ─▶ ClusterIndex ─▶ Zone ◀─ KubernetesPlugin ──┐                     │
///                    │                    ForwardPlugin ─────┼─ ServerBlock ─▶ QueryPipeline ◀─ Sockets
///                    │                    LogPlugin and such ┘        Pages        ◀─ HttpEndpoints
///                    └────────────────────────────────────────────────────────────┘
/// ```
/// Sockets, HTTP servers, feeds and whatever plugins keep live as long as the process; a reload
/// makes another generation between them.
/// Lifecycle: [#start], serving, [#reload] any number of times, [#close]. They block, and take turns.
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);

    private final Duration drainMax;
    private final ClusterFeeds feeds;
    private final Sockets sockets;
    private final HttpEndpoints endpoints = new HttpEndpoints();
    private final ProcessParts process;
    /// What was started for the whole process, the last first.
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    /// Generations that end.
    private final List<Thread> retiring = new ArrayList<>();
    private Generation generation;
    private boolean closed;

    /// Returns once queries are answered: when the cluster's objects are here, or at the latest after
    /// the Corefile's `startup_timeout`. Throws [io.waymark.dns.listen.ListenException],
    /// [io.waymark.source.SourceException] or [io.waymark.dns.plugin.forward.ForwardStartException] if it
    /// cannot; then nothing is left running.
    public static DnsServer start(DnsServerConfig config) {
        return new DnsServer(config, System.nanoTime());
    }

    // The order is for speed: the list from the API is on its way while the rest is made, and what
    // can fail for good fails before anything is waited for.
    private DnsServer(DnsServerConfig config, long began) {
        drainMax = config.drainMax();
        var metrics = new Metrics();
        feeds = new ClusterFeeds(config.sources(), metrics, InstantSource.system());
        sockets = new Sockets();
        var claim = feeds.claim(config.plan());
        try {
            var addresses = find(config.plan());
            var loops = begin(EventLoops.start(config.loops()));
            process = new ProcessParts(
                    loops,
                    metrics,
                    begin(QueryLog.start(config.queryLog(), QueryLog.LINES_MAX)),
                    new SecureRandom(),
                    System::nanoTime,
                    InstantSource.system(),
                    new Defects(System::nanoTime),
                    config.limits(),
                    new KeptParts(),
                    new Reloader(config.corefile(), metrics, this::reload));
            ProcessMetrics.register(process.metrics(), process.defects(), process.log());
            begin(sockets);
            begin(endpoints);
            generation = bring(config.plan(), claim, addresses);
            LOG.info(
                    "serving {} after {} ms",
                    places(),
                    Duration.ofNanos(System.nanoTime() - began).toMillis());
        } catch (RuntimeException failure) {
            claim.close();
            release();
            throw failure;
        }
        tellOfEpoll();
    }

    private <T extends AutoCloseable> T begin(T part) {
        started.push(part);
        return part;
    }

    /// Puts another Corefile in the place of the one that is served. What it makes anew is ready before
    /// the first query goes there; what both have goes on without a break: sockets, what is known of
    /// the cluster, caches. Returns once it answers. Throws as [#start] if it cannot; then the old one
    /// is served on as if nothing had been.
    public synchronized void reload(ServerPlan plan) {
        if (closed) {
            return;
        }
        var claim = feeds.claim(plan);
        Generation next;
        try {
            next = bring(plan, claim, find(plan));
        } catch (RuntimeException failure) {
            claim.close();
            throw failure;
        }
        retire(generation, next);
        generation = next;
    }

    /// Has the Corefile served as it is now, if it has changed since it was last looked at. What is wrong
    /// with it is logged and counted, and the one before is served on. Blocks.
    public void checkCorefile() {
        process.reloader().check();
    }

    /// As [#checkCorefile], whether it has changed or not.
    public void reloadCorefile() {
        process.reloader().reload();
    }

    private Map<ListenerPlan, BindAddress> find(ServerPlan plan) {
        var addresses = new LinkedHashMap<ListenerPlan, BindAddress>();
        plan.listeners().forEach(listener -> addresses.put(listener, sockets.find(listener)));
        return addresses;
    }

    /// Starts a generation and gives it the queries. If it throws, all is as before, but for the claim.
    private Generation bring(ServerPlan plan, FeedClaim claim, Map<ListenerPlan, BindAddress> addresses) {
        var next = Generation.start(plan, process, claim, addresses);
        List<ListeningPlace> places = List.of();
        List<ListenAddress> pages = List.of();
        try {
            places = sockets.bind(process, addresses, next.servings());
            pages = endpoints.bind(process, next.pages());
            if (!claim.awaitSynced()) {
                LOG.warn(
                        "the cluster is not known yet, {}; until it is, names that are not known get SERVFAIL",
                        claim.trouble());
            }
            places.forEach(ListeningPlace::open);
        } catch (RuntimeException failure) {
            sockets.abandon(places);
            endpoints.close(pages);
            next.abandon();
            throw failure;
        }
        sockets.answerFrom(next.servings());
        endpoints.show(next.pages());
        return next;
    }

    /// Ends a generation that gets no more queries, when its last one is answered; and gives up what
    /// only it had.
    private void retire(Generation old, Generation next) {
        var gone = sockets.takeOthers(next.plan().listeners());
        var read = Sockets.pause(gone, drainMax);
        endpoints.keep(next.pages().addresses());
        retiring.removeIf(thread -> !thread.isAlive());
        retiring.add(Thread.ofVirtual().name("retiring").start(() -> {
            read.join();
            old.drain(drainMax);
            gone.forEach(ListeningPlace::close);
            old.close();
        }));
    }

    private String places() {
        return Stream.concat(sockets.places().stream(), endpoints.urls().stream())
                .collect(Collectors.joining(", "));
    }

    private void tellOfEpoll() {
        if (!process.loops().epoll()) {
            LOG.warn(
                    "native epoll is not to be had ({}): UDP is slower, and on a host with several addresses answers"
                            + " may leave from another than was asked; give java a writable -Djava.io.tmpdir",
                    EventLoops.whyNoEpoll());
        }
    }

    /// Where queries are answered, in the plan's order, with the ports that the system chose.
    public synchronized List<BindAddress> addresses() {
        return sockets.addresses(generation.plan().listeners());
    }

    /// The ports of the pages over HTTP, such as `health` and `ready`, by their addresses in the Corefile.
    public synchronized Map<ListenAddress, Integer> probePorts() {
        return endpoints.ports();
    }

    /// What is counted, over reloads too.
    public Metrics metrics() {
        return process.metrics();
    }

    /// How many defects of ours queries have hit since the start.
    public long defects() {
        return process.defects().count();
    }

    /// Ends gracefully: says that it is not ready, goes on answering for the Corefile's `lameduck`,
    /// takes no more queries, waits for the answers that are on their way, closes everything.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Thread.sleep(generation.probes().stopping());
            sockets.pause(drainMax).join();
            generation.drain(drainMax);
            for (var thread : retiring) {
                thread.join(drainMax);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            begin(generation);
            release();
        }
    }

    private void release() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception failure) {
                LOG.warn("a part of the server did not close: {}", failure.toString());
            }
        }
    }
}
