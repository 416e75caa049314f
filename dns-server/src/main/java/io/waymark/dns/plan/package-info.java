/// # plan: what the server is to do, decided in full
///
/// **Lives here:** [ServerPlan], the listeners, the zones at each and the stages behind them;
/// [EffectiveConfig], the same as text for `check-config`. **Read first:** [ServerPlan].
/// **May use:** `corefile`, `stage`, `records`. **May not:** sockets, files, clocks, threads, loggers.
/// **Invariant:** equal texts give equal plans; at one address each zone is served by one block.
@NullMarked
package io.waymark.dns.plan;

import org.jspecify.annotations.NullMarked;
