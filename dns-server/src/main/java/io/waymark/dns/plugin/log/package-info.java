/// # log: a line for each query
///
/// **Lives here:** [LogStage], and [LogPlugin], which writes them. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.log;

import org.jspecify.annotations.NullMarked;
