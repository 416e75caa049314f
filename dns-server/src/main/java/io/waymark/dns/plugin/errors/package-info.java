/// # errors: a line for each query that failed
///
/// **Lives here:** [ErrorsStage], and [ErrorsPlugin], which writes them. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.errors;

import org.jspecify.annotations.NullMarked;
