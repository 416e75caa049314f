/// # health: whether the process lives
///
/// **Lives here:** [HealthStage], and [SelfCheck], which asks the page itself; the page is in `health`. **May use:**
/// and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.health;

import org.jspecify.annotations.NullMarked;
