/// # any: a short answer to a question for everything (RFC 8482)
///
/// **Lives here:** [AnyStage], and [AnyPlugin], which gives it. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.any;

import org.jspecify.annotations.NullMarked;
