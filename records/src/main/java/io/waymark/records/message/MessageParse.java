package io.waymark.records.message;

/// What octets turned out to be.
public sealed interface MessageParse permits MessageParse.Parsed, Malformed {

    /// A message; `questionEnd` is the offset behind its question section.
    record Parsed(Message message, int questionEnd) implements MessageParse {}
}
