/// # message: DNS messages on the wire
///
/// **Lives here:** [Message] and its parts ([Header], [Question], [Edns], [Rcode]);
/// [MessageParser], octets to message; [MessageComposer], message to octets. The server's hot path
/// goes beside them: [Query], what a client asked or why it is refused; [Reply] and
/// [ReplyComposer], RRsets to octets without a message between. For forwarding: [UpstreamQuery] and
/// [UpstreamReply], octets checked and patched; [StoredReply], octets kept for many clients.
/// **Read first:** [Message], then [MessageParser], then [Query#parse]. Both parsers read through
/// one [Cursor], both composers write through one [MessageWriter].
/// **May use:** `address`, `name`, `rr`. **May not:** know zones, or what a right answer is.
/// **Invariant:** any octets give a value, a message or [Malformed], within bounds of time and
/// space that follow from their number; parse and compose are inverse on what we compose.
@NullMarked
package io.waymark.records.message;

import org.jspecify.annotations.NullMarked;
