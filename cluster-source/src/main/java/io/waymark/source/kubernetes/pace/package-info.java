/// # pace: how often the API server is asked, and how long it is waited for
///
/// **Lives here:** [RequestLimits] and [RequestPace], the bound on what we ask of it; [Backoff],
/// the pause after a failure; [Timing], every duration of a list and watch. **Read first:** [Timing].
/// **May use:** the JDK. **May not:** open a connection. **Invariant:** a server that is down is
/// not asked faster the longer it is down.
@NullMarked
package io.waymark.source.kubernetes.pace;

import org.jspecify.annotations.NullMarked;
