/// # dnstap: every query and reply, in binary, to somebody who listens
///
/// **Lives here:** [DnstapStage]; [DnstapPlugin], which hands what happened to a [TapSender]; that one's
/// [FrameStream] over a [TapConnection] to a [TapAddress]; what is [Tapped], as [TapMessage] for clients and
/// as [TapAttempt] for upstreams. **Read first:** [TapSender]. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin]. **Invariant:** whoever listens slowly, or not at all, costs messages and never a query.
@NullMarked
package io.waymark.dns.plugin.dnstap;

import org.jspecify.annotations.NullMarked;
