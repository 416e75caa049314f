/// # prometheus: what the server counts, for those who scrape it
///
/// **Lives here:** [PrometheusStage]; [PrometheusPlugin], which counts the queries of a block into
/// [Traffic]; [MetricsPage], which writes all families of [io.waymark.dns.metrics.Metrics] in a
/// [ScrapeFormat]; [ProcessReadings] and [JvmReadings]; [WebConfig], whom they are shown to over TLS. **Read first:**
/// [Traffic], then [ScrapeText].
/// **May use:** `http` too, else as all of [io.waymark.dns.plugin].
/// **Invariant:** a query costs additions to numbers that its loop alone writes; names, labels and
/// buckets are those of CoreDNS, and what is ours begins with `waymark_` or `jvm_`.
@NullMarked
package io.waymark.dns.plugin.prometheus;

import org.jspecify.annotations.NullMarked;
