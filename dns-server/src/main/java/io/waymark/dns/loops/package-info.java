/// # loops: the threads that all input and output of the server runs on
///
/// **Lives here:** [EventLoops]. **Read first:** that. **May use:** Vert.x, Netty. **May not:**
/// know DNS.
/// **Invariant:** nothing outside of this package knows how Vert.x' loops are reached.
@NullMarked
package io.waymark.dns.loops;

import org.jspecify.annotations.NullMarked;
