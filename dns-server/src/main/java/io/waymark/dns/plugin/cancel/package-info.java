/// # cancel: how long a query may take
///
/// **Lives here:** [CancelStage], and [CancelPlugin], which ends the waiting.
/// **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.cancel;

import org.jspecify.annotations.NullMarked;
