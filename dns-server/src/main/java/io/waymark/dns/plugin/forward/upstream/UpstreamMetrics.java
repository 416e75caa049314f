package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Histogram;
import io.waymark.dns.metrics.HistogramFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.records.message.Rcode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of one upstream: CoreDNS' series under its names, and ours. Looked up once.
public final class UpstreamMetrics {
    /// The label `proxy_name` of CoreDNS' series.
    private static final String PROXY = "forward";

    private final String to;
    private final HistogramFamily durations;
    private final CounterFamily hits;
    private final CounterFamily misses;
    private final Map<Rcode, Histogram> byRcode = new ConcurrentHashMap<>();
    private final LateCounter probesFailed;
    private final LongAdder mismatched;
    private final LongAdder malformed;
    private final LongAdder inFlight;

    /// Kept connections that were used again, and those that had to be made.
    /// @param hits   used again
    /// @param misses made
    record Connections(LateCounter hits, LateCounter misses) {}

    /// @param to       the upstream's name
    /// @param inFlight of all who ask this upstream, in whatever block
    public UpstreamMetrics(Metrics metrics, String to, LongAdder inFlight) {
        this.to = to;
        this.inFlight = inFlight;
        this.durations = metrics.histogram(
                "coredns_proxy_request_duration_seconds",
                "Histogram of the time each request took.",
                HistogramFamily.exponential(0.00025, 2, 16),
                "proxy_name",
                "to",
                "rcode");
        this.hits = metrics.counter(
                "coredns_proxy_conn_cache_hits_total",
                "Counter of connection cache hits per upstream and protocol.",
                "proxy_name",
                "to",
                "proto");
        this.misses = metrics.counter(
                "coredns_proxy_conn_cache_misses_total",
                "Counter of connection cache misses per upstream and protocol.",
                "proxy_name",
                "to",
                "proto");
        this.probesFailed = new LateCounter(
                metrics.counter(
                        "coredns_proxy_healthcheck_failures_total",
                        "Counter of the number of failed healthchecks.",
                        "proxy_name",
                        "to"),
                PROXY,
                to);
        this.mismatched = metrics.counter(
                        "waymark_forward_mismatched_total",
                        "Messages from an upstream that were no reply to what it was asked, and dropped.",
                        "to")
                .with(to);
        this.malformed = metrics.counter(
                        "waymark_forward_malformed_total",
                        "Replies of an upstream whose records could not be read, and that were dropped.",
                        "to")
                .with(to);
        metrics.gauge("waymark_forward_in_flight", "Questions that an upstream is asked now.", "to")
                .set(inFlight::sum, to);
    }

    /// A reply came after so many seconds.
    void replied(Rcode rcode, double seconds) {
        byRcode.computeIfAbsent(rcode, first -> durations.with(PROXY, to, RcodeWord.of(first)))
                .observe(seconds);
    }

    /// Of one protocol: `udp`, `tcp`, `tcp-tls`.
    Connections connections(String protocol) {
        return new Connections(
                new LateCounter(hits, PROXY, to, protocol), new LateCounter(misses, PROXY, to, protocol));
    }

    /// A health check failed.
    public void probeFailed() {
        probesFailed.increment();
    }

    LongAdder mismatched() {
        return mismatched;
    }

    LongAdder malformed() {
        return malformed;
    }

    LongAdder inFlight() {
        return inFlight;
    }
}
