/// # timeouts: how long connections may be without progress
///
/// **Lives here:** [TimeoutsStage]; the listeners keep to it. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.timeouts;

import org.jspecify.annotations.NullMarked;
