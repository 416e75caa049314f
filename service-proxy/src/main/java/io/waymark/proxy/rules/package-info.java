/// # rules: what must hold for each Service on this node
///
/// **Lives here:** [RuleSet], all of it for one address family; [ServiceRules], what must hold for
/// one port of one Service; [RuleChanges], what a change of the cluster did to them. What holds for
/// the node as a whole is in `rules.node`. **Read first:** [ServiceRules], then [Entry#action].
/// **May use:** `records`, `rules.node`. **May not:** know how a kernel is told (`nftables`,
/// `iptables`, `ipvs`), nor sockets, files, clocks, threads, loggers.
/// **Invariant:** equal states, facts and configurations give equal rules, whatever happened in
/// between.
@NullMarked
package io.waymark.proxy.rules;

import org.jspecify.annotations.NullMarked;
