/// # trace: where a packet goes, and why
///
/// **Lives here:** [PacketTracer], which walks the first [Packet] of a connection through the rules;
/// [Trace], its [Verdict] and each [Step] on the way. **Read first:** [PacketTracer#trace].
/// **May use:** `rules`. **May not:** know a back end, whose oracle it is; sockets, files, clocks,
/// threads, loggers. **Invariant:** it reads the rules and nothing else: what it says of a packet is
/// what any back end must do with it.
@NullMarked
package io.waymark.proxy.trace;

import org.jspecify.annotations.NullMarked;
