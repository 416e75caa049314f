/// # feed: the cluster's state, as the blocks of a Corefile ask for it
///
/// **Lives here:** [ClusterFeeds], every source under way; [ClusterFeed], one source with the indexes
/// that it fills; [FeedClaim], what one generation of the Corefile uses of them; [ClusterMetrics], what
/// the sources report. **Read first:** [ClusterFeeds#claim]. **May use:** `cluster-source`, `plan`,
/// `metrics`. **May not:** answer a query. **Invariant:** equal demands share one source, and a source
/// lives as long as anyone claims it: a reload that asks for the same reads nothing again.
@NullMarked
package io.waymark.dns.feed;

import org.jspecify.annotations.NullMarked;
