/// # metrics: what is counted, and nothing about who asks
///
/// **Lives here:** [Metrics], all families of the process by name; [CounterFamily], [GaugeFamily] and
/// [HistogramFamily]. **Read first:** [Metrics]. **May use:** the JDK. **May not:** write a scrape:
/// that is the `prometheus` plugin's, with a library that is not loaded before the first scrape.
/// **Invariant:** one name has one shape; counting never blocks and, with the counter at hand, allocates
/// nothing.
@NullMarked
package io.waymark.dns.metrics;

import org.jspecify.annotations.NullMarked;
