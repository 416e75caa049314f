/// # forward: questions for other servers
///
/// **Lives here:** [ForwardStage] and its reader [ForwardReader]; [ForwardPlugin]; [Forwarder], which decides whom to
/// ask, how often and how long; [Upstream], the
/// seam to one server, and [NetworkUpstream], its real form over UDP and TCP; [ForwardConfig];
/// [ForwardResult]. **Read first:** [Forwarder]. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin]. **Invariant:** every question ends within its deadline; sockets, questions and those
/// who wait for one are bounded; only a reply to what was asked is taken.
@NullMarked
package io.waymark.dns.plugin.forward;

import org.jspecify.annotations.NullMarked;
