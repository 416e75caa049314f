/// # zone: which names exist, and what each says
///
/// **Lives here:** [Zone] and its kinds, [ClusterZone], [ReverseZone] and [ExternalZone], which read
/// names off a [ClusterIndex]; [LookupResult], all that a zone can say; [ZoneContents], all that it
/// has. **Read first:** [Zone#lookup], then
/// [ClusterZone]. **May use:** `address`, `cluster`, `name`, `rr`, `view`. **May not:** sockets,
/// files, clocks, threads, loggers; they belong to `dns-server`.
/// **Invariant:** a lookup sees a Service before a change or after it, never half an RRset.
@NullMarked
package io.waymark.records.zone;

import org.jspecify.annotations.NullMarked;
