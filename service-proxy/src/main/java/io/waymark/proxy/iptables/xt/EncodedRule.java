package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.netlink.nft.Octets;

/// A rule as nf_tables holds it.
/// @param expressions what the attribute NFTA_RULE_EXPRESSIONS holds
/// @param protocol    what the kernel checks the rule's extensions against, which it does not tell again;
///                    0 is none
public record EncodedRule(Octets expressions, int protocol) {}
