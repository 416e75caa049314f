/// # forward: questions for other servers
///
/// **Lives here:** [ForwardStage] and its reader [ForwardReader]; [ForwardPlugin];
/// [Forwarder], which bounds what is under way and lets equal questions share a flight ([Flights]);
/// [Course], which decides whom to ask, how often and how long; [UpstreamHealth]. How one server is
/// asked is [io.waymark.dns.plugin.forward.upstream]'s, which servers there are
/// [io.waymark.dns.plugin.forward.target]'s. **Read first:** [Forwarder], then [Course].
/// **May use:** as all of [io.waymark.dns.plugin]. **May not:** open a socket itself.
/// **Invariant:** every question ends within its deadline; sockets, questions and those who wait for one
/// are bounded; clients with different views share nothing.
@NullMarked
package io.waymark.dns.plugin.forward;

import org.jspecify.annotations.NullMarked;
