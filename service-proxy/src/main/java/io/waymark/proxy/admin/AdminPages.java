package io.waymark.proxy.admin;

import io.waymark.proxy.admin.AdminServer.Page;
import io.waymark.proxy.config.ConfigJson;
import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.http.HttpReply;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.reconcile.Reconciler;
import io.waymark.records.address.IpFamily;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// kube-proxy's pages: `/healthz` and `/livez` on the one port, `/metrics`, `/healthz`, `/proxyMode`,
/// `/configz` and `/statusz` on the other.
public final class AdminPages {
    /// What Go prints for a time that is not known.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private static final HttpReply PONG =
            new HttpReply(200, List.of(new HttpReply.Header("Content-Type", "text/plain; charset=utf-8")), "ok");

    private final Reconciler reconciler;
    private final ProxyMetrics metrics;
    private final InstantSource clock;
    private final ProxyConfig config;
    private final Instant started;

    /// @param config in force
    public AdminPages(Reconciler reconciler, ProxyMetrics metrics, InstantSource clock, ProxyConfig config) {
        this.reconciler = reconciler;
        this.metrics = metrics;
        this.clock = clock;
        this.config = config;
        this.started = clock.instant();
    }

    public List<Page> health() {
        return List.of(
                new Page("/healthz", exchange -> {
                    boolean eligible = reconciler.isEligible();
                    var reply = health(eligible, "\"nodeEligible\":" + eligible + ",");
                    metrics.healthzAnswered(reply.status());
                    return reply;
                }),
                new Page("/livez", exchange -> {
                    var reply = health(true, "");
                    metrics.livezAnswered(reply.status());
                    return reply;
                }));
    }

    public List<Page> diagnostics() {
        var json = ConfigJson.of(config);
        return List.of(
                new Page("/healthz", exchange -> HttpReply.text("ok")),
                new Page("/healthz/ping", exchange -> PONG),
                new Page("/proxyMode", exchange -> HttpReply.text(config.mode().text())),
                new Page("/configz", exchange -> HttpReply.of(200, "application/json", json)),
                new Page("/statusz", exchange -> HttpReply.text(status())),
                new Page(
                        "/metrics",
                        exchange -> HttpReply.of(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape())));
    }

    /// @param eligible whether the node may get new connections, where that counts
    /// @param field    says so, where it is told
    private HttpReply health(boolean eligible, String field) {
        boolean healthy = reconciler.isHealthy();
        var now = clock.instant();
        var synced = metrics.lastSynced();
        // As kube-proxy: where all is well, what was last made is as good as made now.
        var last = healthy && eligible
                ? now.toString()
                : synced.values().stream()
                        .max(Comparator.naturalOrder())
                        .map(Instant::toString)
                        .orElse(NEVER);
        var families = new ArrayList<String>();
        for (var family : IpFamily.values()) {
            var at = synced.get(family);
            if (at != null) {
                families.add("\"" + family + "\":{\"lastUpdated\":\"" + at + "\",\"healthy\":" + healthy + "}");
            }
        }
        var body = "{\"lastUpdated\":\"" + last + "\",\"currentTime\":\"" + now + "\"," + field + "\"healthy\":"
                + healthy + ",\"status\":{" + String.join(",", families) + "}}";
        return HttpReply.of(healthy && eligible ? 200 : 503, "application/json", body);
    }

    private String status() {
        var version = AdminPages.class.getPackage().getImplementationVersion();
        return """

                waymark proxy statusz
                Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility \
                guarantees and is for debugging purposes only.

                Started  %s
                Java version  %s
                Binary version  %s
                Paths  %s
                """.formatted(
                        started,
                        Runtime.version(),
                        version == null ? "unknown" : version,
                        String.join(" ", Arrays.asList("/configz", "/healthz", "/metrics", "/proxyMode")));
    }
}
