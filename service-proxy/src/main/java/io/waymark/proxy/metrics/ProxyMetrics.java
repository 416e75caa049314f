package io.waymark.proxy.metrics;

import io.waymark.proxy.config.ProxyMode;
import io.waymark.proxy.metrics.Series.Counter;
import io.waymark.proxy.metrics.Series.Gauge;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// What is counted, under kube-proxy's names with its labels and buckets, and what only we know. Any thread
/// may count and read.
public final class ProxyMetrics {
    private final InstantSource clock;
    private final ProxyMode mode;
    private final List<Series> series = new ArrayList<>();
    private final Map<IpFamily, Instant> lastSynced = new ConcurrentHashMap<>();

    private final Histograms all =
            histogram("kubeproxy_sync_proxy_rules_duration_seconds", "How long making rules took.", Histograms.SYNC);
    private final Histograms full = histogram(
            "kubeproxy_sync_full_proxy_rules_duration_seconds", "How long making all rules took.", Histograms.SYNC);
    private final Histograms partial = histogram(
            "kubeproxy_sync_partial_proxy_rules_duration_seconds",
            "How long making what had changed took.",
            Histograms.SYNC);
    private final Histograms programming = histogram(
            "kubeproxy_network_programming_duration_seconds",
            "From where a change of endpoints was made to the kernel.",
            Histograms.PROGRAMMING);
    private final Histograms eventToRule = histogram(
            "waymark_proxy_event_to_rule_seconds", "From the arrival of a change to the kernel.", Histograms.FINE);
    private final Gauge queued =
            gauge("kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", "When a change came last.");
    private final Gauge synced =
            gauge("kubeproxy_sync_proxy_rules_last_timestamp_seconds", "When rules were made last.");
    private final Counter services =
            counter("kubeproxy_sync_proxy_rules_service_changes_total", "Changes of Services that came.");
    private final Counter endpoints =
            counter("kubeproxy_sync_proxy_rules_endpoint_changes_total", "Changes of slices that came.");
    private final Gauge servicesPending = gauge(
            "kubeproxy_sync_proxy_rules_service_changes_pending", "Changes of Services that wait for the kernel.");
    private final Gauge endpointsPending =
            gauge("kubeproxy_sync_proxy_rules_endpoint_changes_pending", "Changes of slices that wait for the kernel.");
    private final Gauge noLocal = gauge(
            "kubeproxy_sync_proxy_rules_no_local_endpoints_total",
            "Service ports with the policy Local and no endpoint here.");
    private final Counter nftablesFailures = counter(
            "kubeproxy_sync_proxy_rules_nftables_sync_failures_total", "How often the kernel refused a transaction.");
    private final Counter iptablesFailures =
            counter("kubeproxy_sync_proxy_rules_iptables_restore_failures_total", "How often the rules were refused.");
    private final Gauge iptablesTotal =
            gauge("kubeproxy_sync_proxy_rules_iptables_total", "Rules of ours in the kernel.");
    private final Gauge iptablesLast =
            gauge("kubeproxy_sync_proxy_rules_iptables_last", "Rules written by the last change.");
    private final Histograms searches = histogram(
            "kubeproxy_conntrack_reconciler_sync_duration_seconds",
            "How long a search for stale UDP flows took.",
            Histograms.SYNC);
    private final Counter deletedFlows =
            counter("kubeproxy_conntrack_reconciler_deleted_entries_total", "Stale UDP flows that were deleted.");
    private final Counter healthz = counter("kubeproxy_proxy_healthz_total", "Answers of /healthz.");
    private final Counter livez = counter("kubeproxy_proxy_livez_total", "Answers of /livez.");
    private final Counter requests = counter("rest_client_requests_total", "Requests to the API server.");
    private final Histograms requestDuration =
            histogram("rest_client_request_duration_seconds", "How long lists took.", Histograms.REQUEST);
    private final Histograms limiterDuration = histogram(
            "rest_client_rate_limiter_duration_seconds",
            "How long requests waited for the limits on them.",
            Histograms.REQUEST);
    private final Counter elements =
            counter("waymark_proxy_elements_written_total", "Entries of the kernel that changes wrote.");
    private final Counter drift =
            counter("waymark_proxy_drift_found_total", "Differences that others made in the kernel.");
    private final Counter repairs =
            counter("waymark_proxy_repairs_total", "How often the kernel was brought back to the rules.");
    private final Counter healthPortFailures = counter(
            "waymark_proxy_health_port_failures_total", "Attempts to listen on a health check node port that failed.");
    private final Gauge eventsDropped = add(new Gauge(
            "waymark_proxy_events_dropped_total", "counter", "Events that the API server could not be told."));

    /// Which changes wait: of Services, or of slices.
    public enum Pending {
        SERVICES,
        ENDPOINTS
    }

    /// Whether all rules were made, or what had changed.
    public enum Sync {
        FULL,
        PARTIAL
    }

    /// In nftables mode.
    public ProxyMetrics(InstantSource clock) {
        this(clock, ProxyMode.NFTABLES);
    }

    public ProxyMetrics(InstantSource clock, ProxyMode mode) {
        this.clock = clock;
        this.mode = mode;
        series.addAll(ProcessSeries.all());
        for (var counter : List.of(services, endpoints, elements, drift, repairs, healthPortFailures)) {
            counter.add(Labels.NONE, 0);
        }
        pending(Pending.SERVICES, 0);
        pending(Pending.ENDPOINTS, 0);
        for (var family : IpFamily.values()) {
            deletedFlows.add(Labels.of(family), 0);
        }
    }

    private <S extends Series> S add(S made) {
        series.add(made);
        return made;
    }

    private Counter counter(String name, String help) {
        return add(new Counter(name, help));
    }

    private Gauge gauge(String name, String help) {
        return add(new Gauge(name, help));
    }

    private Histograms histogram(String name, String help, double[] bounds) {
        return add(new Histograms(name, help, bounds));
    }

    /// A change came that the kernel must be told.
    public void queued(IpFamily family) {
        queued.set(Labels.of(family), seconds());
    }

    /// A change of a Service came.
    public void serviceChanged() {
        services.add(Labels.NONE, 1);
    }

    /// A change of a slice came.
    public void endpointsChanged() {
        endpoints.add(Labels.NONE, 1);
    }

    /// So many changes wait.
    public void pending(Pending what, long count) {
        (switch (what) {
                    case SERVICES -> servicesPending;
                    case ENDPOINTS -> endpointsPending;
                })
                .set(Labels.NONE, (double) count);
    }

    /// So many Service ports have the policy Local and no endpoint on this node.
    /// @param policy `internal` or `external`
    public void withoutLocal(IpFamily family, String policy, double count) {
        noLocal.set(Labels.of("ip_family", family.toString(), "traffic_policy", policy), count);
    }

    public void written(int count) {
        elements.add(Labels.NONE, count);
    }

    /// The kernel refused.
    public void failed() {
        var failures = mode == ProxyMode.NFTABLES ? nftablesFailures : iptablesFailures;
        for (var family : IpFamily.values()) {
            failures.add(Labels.of(family), 1);
        }
    }

    /// How many rules there are in a table of iptables, and how many the last change wrote.
    public void iptablesRules(IpFamily family, String table, double total, double last) {
        var labels = Labels.of("ip_family", family.toString(), "table", table);
        iptablesTotal.set(labels, total);
        iptablesLast.set(labels, last);
    }

    /// The kernel was looked at.
    /// @param differences that were found in it, and repaired
    public void repaired(int differences) {
        drift.add(Labels.NONE, differences);
        repairs.add(Labels.NONE, differences > 0 ? 1 : 0);
    }

    public void synced(IpFamily family, Duration took, Sync sync) {
        all.observe(Labels.of(family), took);
        (switch (sync) {
                    case FULL -> full;
                    case PARTIAL -> partial;
                })
                .observe(Labels.of(family), took);
        synced.set(Labels.of(family), seconds());
        lastSynced.put(family, clock.instant());
    }

    /// A change reached the kernel, so long after it came here.
    public void programmed(Duration sinceEvent) {
        eventToRule.observe(Labels.NONE, sinceEvent);
    }

    /// A change of endpoints reached the kernel, so long after it was made.
    public void programmed(IpFamily family, Duration sinceMade) {
        programming.observe(Labels.of(family), sinceMade);
    }

    /// A search for stale UDP flows of one family.
    /// @param deleted how many were found and deleted
    public void flowsSearched(IpFamily family, Duration took, int deleted) {
        searches.observe(Labels.of(family), took);
        deletedFlows.add(Labels.of(family), deleted);
    }

    /// A health check node port could not be listened on.
    public void healthPortRefused() {
        healthPortFailures.add(Labels.NONE, 1);
    }

    public void healthzAnswered(int status) {
        healthz.add(Labels.of("code", Integer.toString(status)), 1);
    }

    public void livezAnswered(int status) {
        livez.add(Labels.of("code", Integer.toString(status)), 1);
    }

    /// @param status 0 if there was no answer
    public void requested(String host, int status) {
        var code = status == 0 ? "<error>" : Integer.toString(status);
        requests.add(Labels.of("code", code, "host", host, "method", "GET"), 1);
    }

    public void listed(String host, Duration took) {
        requestDuration.observe(Labels.of("host", host, "verb", "GET"), took);
    }

    public void paced(String host, Duration waited) {
        limiterDuration.observe(Labels.of("host", host, "verb", "GET"), waited);
    }

    /// Shows what somebody else counts.
    public void showDroppedEvents(DoubleSupplier dropped) {
        eventsDropped.show(Labels.NONE, dropped);
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    /// When the kernel last took rules, by family; none of a family that it never took any of.
    public Map<IpFamily, Instant> lastSynced() {
        return Map.copyOf(lastSynced);
    }

    /// A scrape, in the Prometheus text format. What has no sample yet is left out.
    public String scrape() {
        var text = new StringBuilder();
        series.forEach(each -> each.write(text));
        return text.toString();
    }
}
