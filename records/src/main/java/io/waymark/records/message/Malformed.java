package io.waymark.records.message;

/// Octets that are no message: where it went wrong, counted from the first octet of the header,
/// and why. A value, because a stranger's mistake is nothing that we did wrong.
public record Malformed(int offset, String why) implements MessageParse {}
