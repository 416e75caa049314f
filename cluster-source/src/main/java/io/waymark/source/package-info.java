/// # source: where the cluster's state comes from
///
/// **Lives here:** [ClusterSource], the seam; [SourceScope], what is asked for; [Freshness], how
/// far the state can be trusted; [SourceObserver], told what a source does;
/// [TrafficDraft], which both forms read Services with. `kubernetes` and `directory` are the two.
/// **Read first:** [ClusterSource]. **May use:** `records`. **May not:** know who listens.
/// **Invariant:** deltas are delivered one at a time, on one thread; a source that loses its origin
/// keeps what it has and says so in its freshness.
@NullMarked
package io.waymark.source;

import org.jspecify.annotations.NullMarked;
