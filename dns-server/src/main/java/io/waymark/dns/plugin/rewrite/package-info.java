/// # rewrite: another question for the plugins behind, and the way back
///
/// **Lives here:** [RewriteReader], the lines; [RewriteRule], what one of them does to a query on its way
/// in; [ReplyChange], what then happens to the reply; [RewritePlugin]. [NameMatch] is what names they
/// mean. **Read first:** [RewritePlugin]. **May use:** `pattern`, and what all of [io.waymark.dns.plugin] may.
/// **Invariant:** the client gets the question it asked, whatever became of it.
@NullMarked
package io.waymark.dns.plugin.rewrite;

import org.jspecify.annotations.NullMarked;
