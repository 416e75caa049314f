package io.waymark.dns.plugin.cache;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.GaugeFamily;
import io.waymark.dns.metrics.Metrics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a cache counts, under CoreDNS' names. A series is there from its first event on, as CoreDNS' are.
final class CacheMetrics implements AutoCloseable {
    private final Metrics metrics;
    private final String view;
    private final String zones;
    private final GaugeFamily entries;
    private final CounterFamily evictions;
    private final ConcurrentHashMap<String, OfServer> servers = new ConcurrentHashMap<>();

    /// @param view  the name of the block's view
    /// @param zones of the cache, with commas
    CacheMetrics(Metrics metrics, String view, String zones) {
        this.metrics = metrics;
        this.view = view;
        this.zones = zones;
        this.entries = metrics.gauge(
                "coredns_cache_entries", "The number of elements in the cache.", "server", "type", "zones", "view");
        this.evictions = metrics.counter(
                "coredns_cache_evictions_total", "The count of cache evictions.", "server", "type", "zones", "view");
    }

    /// Those of one server; see [io.waymark.dns.pipeline.QueryPipeline.Served].
    OfServer of(String server) {
        var known = servers.get(server);
        return known != null ? known : servers.computeIfAbsent(server, OfServer::new);
    }

    /// From now on the entries are asked for.
    void store(AnswerStore store, String server) {
        entries.set(store::successEntries, server, "success", zones, view);
        entries.set(store::denialEntries, server, "denial", zones, view);
    }

    Runnable eviction(String server, String type) {
        return new Lazy(() -> evictions.with(server, type, zones, view))::increment;
    }

    /// There are no entries any more.
    @Override
    public void close() {
        servers.keySet()
                .forEach(server ->
                        Stream.of("success", "denial").forEach(type -> entries.remove(server, type, zones, view)));
    }

    /// The counters for the queries that came to one server.
    final class OfServer {
        private final Lazy requests;
        private final Lazy successHits;
        private final Lazy denialHits;
        private final Lazy misses;
        private final Lazy prefetches;
        private final Lazy drops;
        private final Lazy stale;

        private OfServer(String server) {
            requests = counter(server, "requests_total", "The count of cache requests.");
            successHits = hits(server, "success");
            denialHits = hits(server, "denial");
            misses = counter(
                    server,
                    "misses_total",
                    "The count of cache misses. Deprecated, derive misses from cache hits/requests counters.");
            prefetches =
                    counter(server, "prefetch_total", "The number of times the cache has prefetched a cached item.");
            drops = counter(
                    server, "drops_total", "The number responses that are not cached, because the reply is malformed.");
            stale = counter(server, "served_stale_total", "The number of requests served from stale cache entries.");
        }

        private Lazy counter(String server, String name, String help) {
            return new Lazy(() -> metrics.counter("coredns_cache_" + name, help, "server", "zones", "view")
                    .with(server, zones, view));
        }

        private Lazy hits(String server, String type) {
            return new Lazy(() -> metrics.counter(
                            "coredns_cache_hits_total", "The count of cache hits.", "server", "type", "zones", "view")
                    .with(server, type, zones, view));
        }

        void hit(ReplyReading.Kind kind) {
            requests.increment();
            (kind == ReplyReading.Kind.SUCCESS ? successHits : denialHits).increment();
        }

        void miss() {
            requests.increment();
            misses.increment();
        }

        void prefetch() {
            prefetches.increment();
        }

        void drop() {
            drops.increment();
        }

        void servedStale() {
            stale.increment();
        }
    }

    /// A counter that is made when it counts first.
    private static final class Lazy {
        private final Supplier<LongAdder> make;
        private volatile @Nullable LongAdder counter;

        Lazy(Supplier<LongAdder> make) {
            this.make = make;
        }

        void increment() {
            var made = counter;
            if (made == null) {
                made = make.get();
                counter = made;
            }
            made.increment();
        }
    }
}
