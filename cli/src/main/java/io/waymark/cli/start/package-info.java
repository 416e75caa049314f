/// # start: what makes a start fast
///
/// **Lives here:** [WarmUp], what a second thread does while the command line is read; [Rehearsal],
/// the questions, probes and classes of a training run for java's start-up cache, with
/// [RehearsalApi], what passes for an API server there, and [RehearsalIdentity], its certificate. **Read first:**
/// [Rehearsal].
/// **May use:** `records`, sockets on loopback. **May not:** have an effect on what is served.
/// **Invariant:** a start is the same without it, but slower; nothing here makes one fail.
@NullMarked
package io.waymark.cli.start;

import org.jspecify.annotations.NullMarked;
