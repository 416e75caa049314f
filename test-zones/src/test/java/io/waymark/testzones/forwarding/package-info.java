/// # forwarding: Waymark in front of other servers
///
/// **Lives here:** [RealUpstreamsTest], with unbound and knot; [ForwardDifferentialTest], CoreDNS and Waymark in
/// front of the same [ScriptedServer]; [LoopTest]. **Read first:** [RealUpstreamsTest].
/// **May use:** `ask`, `peer`. **May not:** know a class of Waymark.
/// **Invariant:** every server listens on loopback, and ends with its test.
@NullMarked
package io.waymark.testzones.forwarding;

import org.jspecify.annotations.NullMarked;
