/// # skeleton: the chains, rules and empty maps that are the same for every cluster
///
/// **Lives here:** [Skeleton], all of one family; what it is put together from: [Registers], where
/// values lie while a rule runs, [Steps], expressions that many rules share, [Structure], parts of a
/// table; [Maps], [Kind], [Variant], [Code] and [SizeClass], the words by which elements of maps
/// choose a chain. **Read first:** [Skeleton], then [Steps#find]. **May use:** `rules`, `netlink.nft`.
/// **May not:** know a Service; touch the kernel. **Invariant:** every chain that draws a backend ends
/// in a drop, for a packet that meets a commit half way must not pass as it is; `nft list ruleset`
/// can show each rule.
@NullMarked
package io.waymark.proxy.nftables.skeleton;

import org.jspecify.annotations.NullMarked;
