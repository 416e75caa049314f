/// # bufsize: how long replies over UDP may be
///
/// **Lives here:** [BufsizeStage], which lowers what queries offer; the pipeline itself keeps to it. **May use:** and
/// **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.bufsize;

import org.jspecify.annotations.NullMarked;
