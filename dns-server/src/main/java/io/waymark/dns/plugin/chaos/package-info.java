/// # chaos: what the server says of itself in class CH
///
/// **Lives here:** [ChaosStage], and [ChaosPlugin], which answers `version.bind` and its like. **May use:** and **may
/// not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.chaos;

import org.jspecify.annotations.NullMarked;
