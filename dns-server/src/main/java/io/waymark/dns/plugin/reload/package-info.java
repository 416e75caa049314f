/// # reload: a changed Corefile is served without a restart
///
/// **Lives here:** [ReloadStage], which says how often to look. What a reload is, the assembly knows.
/// **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.reload;

import org.jspecify.annotations.NullMarked;
