package io.waymark.dns.plugin.cache;

import io.waymark.dns.pipeline.Outcome;
import io.waymark.records.message.StoredReply;

/// What a question to the plugins behind the cache came to, for all who wait for it.
sealed interface Landed {
    /// An upstream's reply: each who waits gets a copy.
    record Replied(StoredReply reply, ReplyReading reading) implements Landed {}

    /// No upstream has replied: nobody who waits gets an answer.
    record Failed(Outcome.Fail fail) implements Landed {}

    /// An upstream's reply for one client alone: truncated at its limit, or malformed.
    record Alone(Outcome outcome) implements Landed {}

    /// An answer out of memory: others get theirs by asking.
    record Own(Outcome outcome) implements Landed {}
}
