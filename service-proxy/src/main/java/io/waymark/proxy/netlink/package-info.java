/// # netlink: how this process speaks with the kernel's networking
///
/// **Lives here:** [NetlinkSocket], one socket and its exchanges; [MessageWriter], [Message] and
/// [Attributes], the octets of messages, composed and parsed; [Batch], a transaction of
/// nfnetlink, and [BatchResult], what became of it. `nft` below it knows nf_tables' messages.
/// [AddressWatch], when addresses of this host
/// change. **Read first:** [NetlinkSocket#transact]. **May use:** java.lang.foreign (nobody else in
/// `service-proxy` may), `records.address`. **May not:** know what a Service is.
/// **Invariant:** what the kernel sends is parsed totally: any octets give a value, and nothing
/// is read outside of them.
@NullMarked
package io.waymark.proxy.netlink;

import org.jspecify.annotations.NullMarked;
