package io.waymark.proxy.admin;

import io.waymark.proxy.admin.AdminServer.Page;
import io.waymark.proxy.http.HttpReply;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.reconcile.Reconciler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// kube-proxy's pages: `/healthz` and `/livez` on the one port, `/metrics`, `/healthz`, `/proxyMode` and
/// `/configz` on the other.
public final class AdminPages {
    private final Reconciler reconciler;
    private final ProxyMetrics metrics;
    private final InstantSource clock;
    private final String mode;
    private final String config;

    /// @param config the whole configuration in force, as YAML
    public AdminPages(Reconciler reconciler, ProxyMetrics metrics, InstantSource clock, String mode, String config) {
        this.reconciler = reconciler;
        this.metrics = metrics;
        this.clock = clock;
        this.mode = mode;
        this.config = config;
    }

    public List<Page> health() {
        return List.of(
                new Page("/healthz", exchange -> health(reconciler.isHealthy() && reconciler.isEligible())),
                new Page("/livez", exchange -> health(reconciler.isHealthy())));
    }

    public List<Page> diagnostics() {
        return List.of(
                new Page("/healthz", exchange -> HttpReply.text("ok")),
                new Page("/proxyMode", exchange -> HttpReply.text(mode)),
                new Page("/configz", exchange -> HttpReply.of(200, "application/yaml", config)),
                new Page(
                        "/metrics",
                        exchange -> HttpReply.of(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape())));
    }

    private HttpReply health(boolean healthy) {
        double seconds = metrics.lastSyncedSeconds();
        var body = """
                {"lastUpdated": "%s", "currentTime": "%s", "nodeEligible": %s, "healthy": %s}
                """.formatted(
                        Instant.ofEpochMilli((long) (seconds * 1000)),
                        clock.instant(),
                        reconciler.isEligible(),
                        reconciler.isHealthy());
        return HttpReply.of(healthy ? 200 : 503, "application/json", body);
    }
}
