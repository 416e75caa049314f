/// # ask: questions put to a DNS server, and what it said
///
/// **Lives here:** [Dig], which runs dig as a user would; [Asker], which asks thousands of questions
/// a second and reads the answers with dnsjava, a codec that is not ours; [Ask] and [Told], one
/// question and what was said; [LoopbackServer], a name server that says what a test wants; [StubUpstream],
/// the world outside the cluster. **Read first:** [Told].
/// **May use:** sockets, processes. **May not:** Waymark's own codec.
/// **Invariant:** an answer that does not come or does not parse is a [Told] too, never left out.
@NullMarked
package io.waymark.testzones.ask;

import org.jspecify.annotations.NullMarked;
