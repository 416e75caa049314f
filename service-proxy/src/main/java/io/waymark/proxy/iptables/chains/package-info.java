/// # chains: kube-proxy's chains and rules, as values and as text
///
/// **Lives here:** [ChainRule] with its [Match]es and its [Target], a rule; [PortChains] and
/// [PortEntries], what the rules of a Service port come to; [FixedChains], what is there without any;
/// [ChainNames]; [RuleText], how iptables lists and takes rules. **Read first:** [PortChains#of].
/// **May use:** `rules`, `records`. **May not:** know what the kernel holds, or how it is told.
/// **Invariant:** names, comments and order are kube-proxy's, for people and programs look for them.
@NullMarked
package io.waymark.proxy.iptables.chains;

import org.jspecify.annotations.NullMarked;
