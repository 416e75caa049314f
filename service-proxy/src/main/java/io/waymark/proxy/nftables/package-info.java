/// # nftables: the rules in the kernel's nf_tables, as elements of maps
///
/// **Lives here:** [NftApplier], which makes the kernel hold what the rules say and keeps it so;
/// [FoundTable], what the kernel holds; [Drift], a difference between the two; [NftCleanup].
/// `skeleton` has the constant chains, `plan` the elements. **Read first:** [NftApplier].
/// **May use:** `rules`, `netlink`, its own two packages. **May not:** know Services beyond `rules`,
/// log, start threads; call it from one.
/// **Invariant:** tables `ip waymark` and `ip6 waymark` hold all of it, and nothing of others is
/// touched, but for kube-proxy's own tables when they are taken over.
@NullMarked
package io.waymark.proxy.nftables;

import org.jspecify.annotations.NullMarked;
