/// # minimal: no more than the answer
///
/// **Lives here:** [MinimalStage], and [MinimalPlugin], which leaves the rest away. **May use:** and **may not:** as
/// all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.minimal;

import org.jspecify.annotations.NullMarked;
