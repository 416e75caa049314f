/// # events: what the data path tells those who look at objects
///
/// **Lives here:** [ProxyEvent], one thing worth telling; [EventRecorder], who is told; [ApiEvents], who
/// tells the API server; [EventLedger], what of it is new, and what was told already; [EventJson], how it
/// is written. **Read first:** [EventLedger]. **May use:** `source.kubernetes`, a thread. **May not:** keep
/// whoever tells waiting. **Invariant:** an Event that cannot be told is counted and forgotten; it never
/// holds up packets.
/// Source: events.k8s.io/v1 of Kubernetes 1.36.
@NullMarked
package io.waymark.proxy.events;

import org.jspecify.annotations.NullMarked;
