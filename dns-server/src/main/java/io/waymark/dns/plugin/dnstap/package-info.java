/// # dnstap: every query and reply, in binary, to somebody who listens
///
/// **Lives here:** [DnstapStage], read by [DnstapReader]; [DnstapPlugin], which hands what happened to a [TapOutput]: a
/// [TapSender] to one who listens, or a [TapListener] to all who connect to a [TapServer] ([TapPeer] says which);
/// the [TapQueue] and the [FrameStream] of each, over a [TapConnection] to a [TapAddress]; what is [Tapped], as
/// [TapMessage] for clients and
/// as [TapAttempt] for upstreams. **Read first:** [TapSender]. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin]. **Invariant:** whoever listens slowly, or not at all, costs messages and never a query.
@NullMarked
package io.waymark.dns.plugin.dnstap;

import org.jspecify.annotations.NullMarked;
