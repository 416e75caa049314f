package io.waymark.dns.plugin.forward;

import io.waymark.dns.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/// What is counted of all `forward` plugins together.
/// @param allDown  questions put although every upstream counted as down
/// @param rejected questions refused for `max_concurrent`
/// @param shared   questions that waited for the reply to the same question of somebody else
/// @param shed     questions given up, the oldest first, to make room for new ones
record ForwardMetrics(LongAdder allDown, LongAdder rejected, LongAdder shared, LongAdder shed) {
    ForwardMetrics(Metrics metrics) {
        this(
                metrics.counter(
                                "coredns_forward_healthcheck_broken_total",
                                "Counter of the number of complete failures of the healthchecks.")
                        .with(),
                metrics.counter(
                                "coredns_forward_max_concurrent_rejects_total",
                                "Counter of the number of queries rejected because the concurrent queries were at maximum.")
                        .with(),
                metrics.counter(
                                "waymark_forward_shared_total",
                                "Questions that were answered by the reply to an equal one that was in flight.")
                        .with(),
                metrics.counter(
                                "waymark_forward_shed_total",
                                "Questions that were given up, the oldest first, to make room for new ones.")
                        .with());
    }
}
