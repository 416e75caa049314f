/// # events: what the data path tells those who look at objects
///
/// **Lives here:** [ProxyEvent], one thing worth telling; [EventRecorder], who is told. **Read first:**
/// [ProxyEvent]. **May not:** keep whoever tells waiting. **Invariant:** an Event that cannot be told
/// is counted and forgotten; it never holds up packets.
@NullMarked
package io.waymark.proxy.events;

import org.jspecify.annotations.NullMarked;
