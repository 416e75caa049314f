/// # iptables: kube-proxy's chains in the kernel
///
/// **Lives here:** [NetlinkTables], which keeps them in nf_tables as `iptables-nft` does;
/// [FoundChains], what is there and how it differs; [Glance], whether it seems to; [NetlinkCleanup]. `chains` has the
/// rules, `plan` which of them must
/// be
/// there, `xt` their form in the kernel. **Read first:** [NetlinkTables].
/// **May use:** `rules`, `reconcile`'s seam, `netlink`, its own packages. **May not:** log, start threads.
/// **Invariant:** only chains of kube-proxy's names and the jumps to them are written or removed; all
/// other chains, rules and policies stay as they are, where they are.
@NullMarked
package io.waymark.proxy.iptables;

import org.jspecify.annotations.NullMarked;
