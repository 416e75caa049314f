/// # plan: which chains must be there, and what a change does to them
///
/// **Lives here:** [FamilyChains], all chains of one family; [ChainChanges], what a change writes and
/// removes; [Buckets], how the chains that all Services share are divided; [ListOrder] and [ChainEdit],
/// which keep a change of a long list short. **Read first:** [FamilyChains#apply]. **May use:**
/// `chains`, `rules`. **May not:** know what the kernel holds, or how it is told.
/// **Invariant:** the changes that [FamilyChains#apply] tells lead from the chains that it showed
/// before to those that it shows after.
@NullMarked
package io.waymark.proxy.iptables.plan;

import org.jspecify.annotations.NullMarked;
