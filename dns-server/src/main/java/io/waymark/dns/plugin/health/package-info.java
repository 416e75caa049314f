/// # health: whether the process lives
///
/// **Lives here:** [HealthStage]; the endpoint itself is in `health`. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.health;

import org.jspecify.annotations.NullMarked;
