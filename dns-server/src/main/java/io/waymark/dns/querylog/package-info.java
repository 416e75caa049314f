/// # querylog: one line per query, for those who want it
///
/// **Lives here:** [QueryLog], a bounded ring between the event loops and a writer; [LogFormat] and
/// [LogField], the form of a line in CoreDNS' words; [ReplyType], how replies are told apart.
/// **Read first:** [QueryLog]. **May use:** `pipeline`, `records`. **May not:** block a loop, or be
/// the reason why a query is answered late. **Invariant:** what does not fit is dropped and counted.
@NullMarked
package io.waymark.dns.querylog;

import org.jspecify.annotations.NullMarked;
