/// # proxy: the data path of Services on one node, in kube-proxy's place
///
/// **Lives here:** the assembly. `rules` says what must hold, a back end (`nftables`, `iptables`,
/// `ipvs`) plans how the kernel is told so, `netlink` tells it. **Read first:** `rules`.
/// **May use:** every package below, `cluster-source`, `records`. **May not:** know DNS.
/// **Invariant:** a packet meets the rules as they were before a change or after it, never half of
/// them.
@NullMarked
package io.waymark.proxy;

import org.jspecify.annotations.NullMarked;
