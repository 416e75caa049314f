/// # reload: a Corefile that changes while the server runs
///
/// **Lives here:** [CorefileOrigin], what the Corefile is read from ([CorefileFile]: a file and what it
/// imports); [Reloader], which notices, checks and hands on. **Read first:** [Reloader#check].
/// **May use:** `corefile`, `plan`, `metrics`. **May not:** know how a plan comes into force.
/// **Invariant:** a Corefile with a problem changes nothing; it is counted and logged once.
@NullMarked
package io.waymark.dns.reload;

import org.jspecify.annotations.NullMarked;
