/// # health: what load balancers ask each node about one Service
///
/// **Lives here:** [HealthServers], which answers on the health check node port of each Service that has
/// one; [HealthPage], what it says. **Read first:** [HealthServers]. **May use:** `reconcile`, `rules`,
/// `http`, `events`, `metrics`. **May not:** keep the rules waiting. **Invariant:** what is answered is
/// never ahead of what the kernel holds.
@NullMarked
package io.waymark.proxy.health;

import org.jspecify.annotations.NullMarked;
