/// # corefile: a Corefile as a tree of directives
///
/// **Lives here:** [CorefileReader], from text to a [Corefile] (server blocks, directives, tokens
/// with their positions), snippets, imports and environment references resolved; [Problem] and
/// [Warning], what a reader has to say about a text. **Read first:** [CorefileReader#read].
/// **May use:** nothing of ours. **May not:** open files or read the environment; both are given
/// to it, as [ImportResolver] and as a function. What a directive means is the business of `stage`.
/// **Invariant:** any text gives a value within bounds, and every problem of it at once.
@NullMarked
package io.waymark.dns.corefile;

import org.jspecify.annotations.NullMarked;
