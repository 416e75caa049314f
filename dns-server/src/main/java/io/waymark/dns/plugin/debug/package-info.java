/// # debug: a line that Corefiles have and that needs no effect
///
/// **Lives here:** [DebugStage]. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.debug;

import org.jspecify.annotations.NullMarked;
