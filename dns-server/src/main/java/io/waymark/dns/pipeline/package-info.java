/// # pipeline: from a query to what goes back
///
/// **Lives here:** [QueryPipeline], the blocks of one address; [Plugin] and its kinds
/// [KubernetesPlugin] and [ForwardPlugin]; [Outcome], all that a stage can decide; [Responder] and
/// [Response], the listeners' side. **Read first:** [QueryPipeline#ask], then [LoopResponder].
/// **May use:** `forward`, `records`. **May not:** open sockets, or keep a record longer than a
/// query lives. **Invariant:** every query is answered once or dropped on purpose; no lookup is
/// made without the view of the client who asked.
@NullMarked
package io.waymark.dns.pipeline;

import org.jspecify.annotations.NullMarked;
