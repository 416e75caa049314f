/// # message: DNS messages on the wire
///
/// **Lives here:** [Message] and its parts ([Header], [Question], [Edns], [Rcode]);
/// [MessageParser], octets to message; [MessageComposer], message to octets.
/// **Read first:** [Message], then [MessageParser]. **May use:** `address`, `name`, `rr`.
/// **May not:** know zones, or what a right answer is.
/// **Invariant:** any octets give a value, a message or [Malformed], within bounds of time and
/// space that follow from their number; parse and compose are inverse on what we compose.
@NullMarked
package io.waymark.records.message;

import org.jspecify.annotations.NullMarked;
