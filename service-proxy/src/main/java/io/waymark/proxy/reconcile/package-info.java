/// # reconcile: from what must hold to a kernel in which it holds
///
/// **Lives here:** [RuleFeed], which follows the cluster and this node and keeps the rules; [Pending],
/// what of them is not in the kernel yet; [Reconciler], the one thread that talks to the kernel;
/// [RuleApplier], the seam to a back end; [RuleFollower], what else on the node goes by what the kernel
/// holds. **Read first:** [Reconciler]. **May use:** `rules`, `records`, `metrics`,
/// a clock, threads. **May not:** know any back end, or netlink.
/// **Invariant:** changes reach the kernel in their order, those that came together at once; after a
/// refusal the kernel is compared with the rules and repaired, and nothing is forgotten.
@NullMarked
package io.waymark.proxy.reconcile;

import org.jspecify.annotations.NullMarked;
