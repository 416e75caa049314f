/// # plan: which elements the maps must have, and what a change of the rules changes in them
///
/// **Lives here:** [FamilyPlan], what is placed where in one family; [PlacedPort], one Service port
/// with its id and its lists; [DenseList], a list without holes; [ElementChanges], what is to be
/// deleted and added; [Keys], how elements are laid out. **Read first:** [FamilyPlan#apply].
/// **May use:** `rules`, `skeleton`, `netlink.nft`'s values. **May not:** touch the kernel, read a
/// clock. **Invariant:** what a change asks for depends on that change alone, not on how many Services
/// there are; applying all changes gives the elements that [FamilyPlan#elements] lists.
@NullMarked
package io.waymark.proxy.nftables.plan;

import org.jspecify.annotations.NullMarked;
