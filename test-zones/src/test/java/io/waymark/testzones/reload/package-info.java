/// # reload: a Corefile that changes, and an end, under load
///
/// **Lives here:** [ReloadUnderLoadTest]; [Load], dnsperf at work; [SignalsTest], beside CoreDNS. **Read first:** the
/// test.
/// **May use:** `peer`, `ask`. **May not:** Waymark's own code. **Invariant:** no query is lost.
@NullMarked
package io.waymark.testzones.reload;

import org.jspecify.annotations.NullMarked;
