/// # ready: when the server is ready
///
/// **Lives here:** [ReadyStage]; the endpoint itself is in `health`. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.ready;

import org.jspecify.annotations.NullMarked;
