package io.waymark.dns.feed;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.GaugeFamily;
import io.waymark.dns.metrics.HistogramFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.source.ChangeTime.Clock;
import io.waymark.source.ClusterSource;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceEvent.ServiceKind;
import io.waymark.source.SourceObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// What is measured about the sources of the cluster's objects: CoreDNS' metrics of its plugin
/// `kubernetes`, under its names, and ours.
///
/// How long a change takes to be served (the service level indicator "DNS programming latency") can
/// be measured by two clocks, and each change is in one of two histograms:
///
/// | changed | clock | histogram |
/// |---|---|---|
/// | slices that the controller makes | the controller's, to the nanosecond |
/// `coredns_kubernetes_dns_programming_duration_seconds` |
/// | slices of headless Services without selector, ExternalName Services, of which CoreDNS measures none | the API
/// server's, in whole seconds | the same, with a `service_kind` of their own |
/// | ClusterIP Services, and slices of those without selector | the API server's, in whole seconds |
/// `waymark_kubernetes_service_programming_duration_seconds` |
public final class ClusterMetrics implements SourceObserver {
    private static final double NANOS_PER_SECOND = 1e9;

    private final HistogramFamily programming;
    private final HistogramFamily servicesProgramming;
    private final HistogramFamily servable;
    private final HistogramFamily requestDuration;
    private final HistogramFamily limiterDuration;
    private final CounterFamily requests;
    private final GaugeFamily age;
    private final InstantSource clock;
    private Set<String> kinds = Set.of();

    public ClusterMetrics(Metrics metrics, InstantSource clock) {
        var upToMinutes = HistogramFamily.exponential(0.001, 2, 20);
        var upToSeconds = new double[] {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
        this.clock = clock;
        this.programming = metrics.histogram(
                "coredns_kubernetes_dns_programming_duration_seconds",
                "From a change of Pods or Services until it is served, by the clock of the endpoint slice controller,"
                        + " or, for headless_without_selector and external_name, of the API server in whole seconds.",
                upToMinutes,
                "service_kind");
        this.servicesProgramming = metrics.histogram(
                "waymark_kubernetes_service_programming_duration_seconds",
                "From a change that the API server stamped, in whole seconds, until it is served.",
                upToMinutes,
                "service_kind");
        this.servable = metrics.histogram(
                "waymark_kubernetes_event_servable_duration_seconds",
                "From an event of a watch that was read until it is served.",
                HistogramFamily.exponential(0.00001, 2, 20),
                "kind");
        this.requestDuration = metrics.histogram(
                "coredns_kubernetes_rest_client_request_duration_seconds",
                "How long requests to the API server took, watches left out.",
                upToSeconds,
                "verb",
                "host");
        this.limiterDuration = metrics.histogram(
                "coredns_kubernetes_rest_client_rate_limiter_duration_seconds",
                "How long requests to the API server waited for our own limits.",
                upToSeconds,
                "verb",
                "host");
        this.requests = metrics.counter(
                "coredns_kubernetes_rest_client_requests_total",
                "Requests to the API server.",
                "code",
                "method",
                "host");
        this.age = metrics.gauge(
                "waymark_kubernetes_data_age_seconds",
                "Since the origin of the cluster's objects last showed that what is served is current: a list, an"
                        + " event, a bookmark. Infinite before the first.",
                "kind");
    }

    @Override
    public void saw(SourceEvent event) {
        switch (event) {
            case SourceEvent.Requested(var host, int status) ->
                requests.with(status == 0 ? "<error>" : Integer.toString(status), "GET", host)
                        .increment();
            case SourceEvent.ListRead(var host, var after) ->
                requestDuration.with("GET", host).observe(seconds(after));
            case SourceEvent.Paced(var host, var waited) ->
                limiterDuration.with("GET", host).observe(seconds(waited));
            case SourceEvent.Servable(var kind, var after) ->
                servable.with(kind).observe(seconds(after));
            case SourceEvent.Programmed(var kind, var by, var after) ->
                family(kind, by).with(kind.name().toLowerCase(Locale.ROOT)).observe(seconds(after));
            case SourceEvent.LeftOut unfit -> {}
        }
    }

    private HistogramFamily family(ServiceKind kind, Clock by) {
        return kind == ServiceKind.CLUSTER_IP && by == Clock.API_SERVER ? servicesProgramming : programming;
    }

    /// From now on shows the age of what these sources have, by kind; of one that several read, the
    /// oldest. For one thread at a time.
    public void showAge(Collection<ClusterSource> sources) {
        var now = sources.stream()
                .flatMap(source -> source.freshness().contacts().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
        now.forEach(kind -> age.set(() -> age(sources, kind), kind));
        kinds.stream().filter(kind -> !now.contains(kind)).forEach(age::remove);
        kinds = now;
    }

    private double age(Collection<ClusterSource> sources, String kind) {
        return sources.stream()
                .map(source -> source.freshness().contacts().get(kind))
                .filter(Objects::nonNull)
                .mapToDouble(this::age)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double age(Instant contact) {
        return contact.equals(Instant.EPOCH)
                ? Double.POSITIVE_INFINITY
                : seconds(Duration.between(contact, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }
}
