/// # health: what a kubelet asks
///
/// **Lives here:** [Readiness], ready or why not (pure); [ProbeReply].
/// **Read first:** [Readiness]. **May not:** decide anything about queries; know that it is asked over
/// HTTP. **Invariant:** whoever is not ready says why.
@NullMarked
package io.waymark.dns.health;

import org.jspecify.annotations.NullMarked;
