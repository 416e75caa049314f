/// # querylog: one line per query, for those who want it
///
/// **Lives here:** [QueryLog], a bounded ring between the event loops and a writer; [LogLine], the
/// line in CoreDNS' common format; [LogPlugin] and [ErrorsPlugin], the observers that fill it.
/// **Read first:** [QueryLog]. **May use:** `pipeline`, `records`. **May not:** block a loop, or be
/// the reason why a query is answered late. **Invariant:** what does not fit is dropped and counted.
@NullMarked
package io.waymark.dns.querylog;

import org.jspecify.annotations.NullMarked;
