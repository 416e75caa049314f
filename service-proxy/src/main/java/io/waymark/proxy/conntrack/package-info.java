/// # conntrack: connections that the kernel tracks, and no rule ever meets again
///
/// A datagram of a flow that is tracked goes where the first one went, whatever the rules have become.
/// **Lives here:** [UdpServices], which UDP destinations are a Service's and who serves them, and so which
/// flows are stale; [ConntrackTable], the kernel's flows by ctnetlink; [StaleFlows], who deletes the ones
/// from the other. **Read first:** [UdpServices#isStale]. **May use:** `rules`, `reconcile`, `netlink`,
/// `metrics`. **May not:** touch a flow of another protocol than UDP.
/// **Invariant:** a flow is deleted only if it is addressed to a Service and answered by somebody who
/// serves it no more, as the newest rules have it.
@NullMarked
package io.waymark.proxy.conntrack;

import org.jspecify.annotations.NullMarked;
