/// # nft: the messages of nf_tables
///
/// **Lives here:** what a table is made of, as values ([Chain], [Rule] with its [Expression]s,
/// [SetSpec], [Element]); [TableWriter], which composes messages that make or remove them;
/// [NftReader], which asks the kernel for them; [ExpressionReader], the way back.
/// **Read first:** [TableWriter], then [Expression]. **May use:** `netlink`. **May not:** know
/// what a Service is, or which rules there should be; `nftables` and `iptables` do.
/// **Invariant:** a rule that is written and read back is equal to itself.
@NullMarked
package io.waymark.proxy.netlink.nft;

import org.jspecify.annotations.NullMarked;
