package io.waymark.dns.plugin.forward;

/// How asking others ended.
public sealed interface ForwardResult {

    /// A whole reply to the question; its ID is of no meaning. Not to be modified: several clients
    /// may share it.
    record Replied(byte[] octets) implements ForwardResult {}

    /// So many questions are in flight that this one was not asked.
    record TooMany() implements ForwardResult {}

    /// Nobody replied in time; the reason names who was asked last, and what went wrong there.
    record NoReply(String reason) implements ForwardResult {}
}
