/// # loop: finds upstreams that lead back here
///
/// **Lives here:** [LoopStage]; [LoopPlugin], which looks out for names that only an upstream was told;
/// [LoopCheck], which tells one upstream such a name, and leaves it out if the name comes back.
/// **Read first:** [LoopCheck]. **May use:** as all of [io.waymark.dns.plugin], and `plugin.forward`, whose
/// upstreams it is about. **May not:** end the process, or answer for any other name.
/// **Invariant:** a loop ends with its first turn; the reason is in the log, in a metric and in what `errors` says.
@NullMarked
package io.waymark.dns.plugin.loop;

import org.jspecify.annotations.NullMarked;
