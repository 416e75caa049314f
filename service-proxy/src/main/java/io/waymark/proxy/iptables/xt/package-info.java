/// # xt: rules as iptables keeps them in nf_tables
///
/// **Lives here:** [RuleEncoder], a rule as the expressions that `iptables-nft` makes of it;
/// [TableBatch], messages that change a table; [TableReader], what is there. **Read first:**
/// [RuleEncoder#encode]. **May use:** `chains`, `netlink`. **May not:** know Services.
/// **Invariant:** octet for octet what `iptables-nft` 1.8.9 writes, so that its kin list, find and
/// delete our rules; nothing native of nf_tables that would make it call a table incompatible.
@NullMarked
package io.waymark.proxy.iptables.xt;

import org.jspecify.annotations.NullMarked;
