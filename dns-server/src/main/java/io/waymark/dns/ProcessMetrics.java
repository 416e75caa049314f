package io.waymark.dns;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.querylog.QueryLog;
import java.util.List;
import java.util.Optional;

/// What the parts of the process that no plugin owns have to say in a scrape.
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void register(Metrics metrics, Defects defects, QueryLog log) {
        metrics.collect(
                MetricKind.GAUGE,
                "coredns_build_info",
                "1, with the version of Waymark; goversion is Java's.",
                List.of("version", "revision", "goversion"),
                () -> List.of(new Reading.Value(List.of(version(), "", "java" + Runtime.version()), 1)));
        metrics.collect(
                MetricKind.COUNTER,
                "coredns_panics_total",
                "Queries that met a defect of the server and got SERVFAIL.",
                defects::count);
        metrics.collect(
                MetricKind.COUNTER,
                "waymark_query_log_dropped_total",
                "Lines of log and errors that were dropped because the output is read too slowly.",
                log::dropped);
    }

    private static String version() {
        return Optional.ofNullable(ProcessMetrics.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }
}
