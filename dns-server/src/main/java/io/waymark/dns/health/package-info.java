/// # health: what a kubelet asks
///
/// **Lives here:** [ProbeEndpoint], a small HTTP server; [Readiness], ready or why not (pure);
/// [ProbeReply]. **Read first:** [Readiness]. **May use:** `loops`, `listen` for addresses.
/// **May not:** decide anything about queries. **Invariant:** whoever is not ready says why.
@NullMarked
package io.waymark.dns.health;

import org.jspecify.annotations.NullMarked;
