package io.waymark.dns.plugin.forward;

import io.waymark.records.message.Received.Matched;

/// How asking others ended.
public sealed interface ForwardResult {

    /// An upstream's reply to the question; its ID is of no meaning.
    /// @param by the upstream's name
    record Replied(Matched reply, String by) implements ForwardResult {}

    /// So many questions are in flight that this one was not asked.
    record TooMany(int max) implements ForwardResult {}

    /// Nobody replied in time; the reason names who was asked last, and what went wrong there.
    record NoReply(String reason) implements ForwardResult {}
}
