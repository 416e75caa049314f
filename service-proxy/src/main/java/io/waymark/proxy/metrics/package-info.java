/// # metrics: what the data path counts
///
/// **Lives here:** [ProxyMetrics], every series by name; [Series], one of them; [ProcessSeries], what the kernel knows.
/// **Read first:** [ProxyMetrics]. **May use:** a clock, `/proc/self`, `config`. **May not:** know who counts.
/// **Invariant:** a series that kube-proxy has too
/// has its name, its type and its buckets.
@NullMarked
package io.waymark.proxy.metrics;

import org.jspecify.annotations.NullMarked;
