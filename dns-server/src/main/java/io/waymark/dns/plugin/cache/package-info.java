/// # cache: answers of other servers, kept for a while
///
/// **Lives here:** [CacheStage], and [CachePlugin], which answers from what is kept or asks the plugins
/// behind it; [ReplyReading], what a reply is and how long it counts; [AnswerStore], what is kept, within
/// its bounds; [Flights], a question that is asked once for all who wait for it.
/// **Read first:** [ReplyReading], then [CachePlugin#answer]. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin]; Caffeine is [AnswerStore]'s alone, and is not loaded before a first answer
/// is kept.
///
/// What is kept is what upstreams reply, as octets ([io.waymark.records.message.StoredReply]). What plugins
/// answer out of memory is not: it would gain nothing, and could be out of date.
/// **Invariant:** a TTL that is served is never above what is left of the reply's, but for the Corefile's
/// least TTL and for `keepttl`; an answer that is out of date is served only with `serve_stale`, and not if
/// something newer is known.
@NullMarked
package io.waymark.dns.plugin.cache;

import org.jspecify.annotations.NullMarked;
