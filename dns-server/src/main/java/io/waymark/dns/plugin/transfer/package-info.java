/// # transfer: whole zones for those who keep a copy
///
/// **Lives here:** [TransferStage], which names who may have which zone; [TransferPlugin], which hands
/// over what a [io.waymark.dns.plugin.Transferable] plugin behind it offers; [Notifier], which tells secondaries by a
/// [Notification] that a zone has changed. **May use:** and **may
/// not:** as all of [io.waymark.dns.plugin]. **Invariant:** nobody gets a zone who is not named, and
/// nobody a part of one.
@NullMarked
package io.waymark.dns.plugin.transfer;

import org.jspecify.annotations.NullMarked;
