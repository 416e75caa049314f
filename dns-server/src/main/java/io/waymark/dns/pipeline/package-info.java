/// # pipeline: from a query to what goes back
///
/// **Lives here:** [QueryPipeline], the blocks of one address; [Plugin], [Next] and [Outcome], all that
/// a plugin can be asked, ask and decide; [Exchange] and [Notes], what is known of one query. The listeners'
/// side is [io.waymark.dns.pipeline.respond]. **Read first:** [Plugin], then [QueryPipeline]. **May use:** `records`.
/// **May not:** open sockets,
/// know any plugin, or keep a record longer than a query lives. **Invariant:** every query is answered
/// once or dropped on purpose; no lookup is made without the view of the client who asked.
@NullMarked
package io.waymark.dns.pipeline;

import org.jspecify.annotations.NullMarked;
