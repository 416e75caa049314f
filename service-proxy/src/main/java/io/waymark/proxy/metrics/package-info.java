/// # metrics: what the data path counts
///
/// **Lives here:** [ProxyMetrics], every series by name; [Histogram]. **Read first:** [ProxyMetrics].
/// **May use:** a clock. **May not:** know who counts. **Invariant:** a series that kube-proxy has too
/// has its name, its type and its buckets.
@NullMarked
package io.waymark.proxy.metrics;

import org.jspecify.annotations.NullMarked;
