/// # metrics: what is counted, and nothing about who asks
///
/// **Lives here:** [Metrics], all families of the process by name; [CounterFamily], [GaugeFamily],
/// [HistogramFamily], and [CollectedFamily] for what somebody else keeps; [Reading], what a scrape
/// shows of each. **Read first:** [Metrics]. **May use:** the JDK. **May not:** write a scrape:
/// that is the `prometheus` plugin's.
/// **Invariant:** one name has one shape; counting never blocks and, with the counter at hand, allocates
/// nothing.
@NullMarked
package io.waymark.dns.metrics;

import org.jspecify.annotations.NullMarked;
