/// # respond: the outermost frame of one query
///
/// **Lives here:** [Responder], what a listener calls; [LoopResponder], from the octets of a query to a
/// [Response]; [TransferMessages], a transfer's many; [InFlight], what a graceful stop waits for;
/// [Defects], the evidence of our own mistakes. **Read first:** [LoopResponder#respond].
/// **May use:** `pipeline`, `records`. **May not:** know any plugin or socket.
/// **Invariant:** every query is answered once or dropped on purpose, whatever throws below.
@NullMarked
package io.waymark.dns.pipeline.respond;

import org.jspecify.annotations.NullMarked;
