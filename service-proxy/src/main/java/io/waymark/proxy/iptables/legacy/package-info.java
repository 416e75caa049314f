/// # legacy: the chains where a node's iptables is iptables-legacy
///
/// **Lives here:** [LegacyTables], which writes changed chains by `iptables-legacy-restore`;
/// [SavedTables], what `iptables-legacy-save` says; [RestoreText]; [LegacyCleanup]. **Read first:**
/// [LegacyTables]. **May use:** `chains`, `plan`, `command`, `reconcile`'s seam. **May not:** log.
/// **Invariant:** as in `iptables`: only chains of kube-proxy's names and the jumps to them.
@NullMarked
package io.waymark.proxy.iptables.legacy;

import org.jspecify.annotations.NullMarked;
