/// # forward: questions for other servers
///
/// **Lives here:** [Forwarder], which decides whom to ask, how often and how long; [Upstream], the
/// seam to one server, and [NetworkUpstream], its real form over UDP and TCP; [ForwardConfig];
/// [ForwardResult]. **Read first:** [Forwarder]. **May use:** `loops`, `records`. **May not:** know
/// who asked. **Invariant:** every question ends within its deadline; sockets, questions and those
/// who wait for one are bounded; only a reply to what was asked is taken.
@NullMarked
package io.waymark.dns.forward;

import org.jspecify.annotations.NullMarked;
