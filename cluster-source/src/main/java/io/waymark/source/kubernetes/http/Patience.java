package io.waymark.source.kubernetes.http;

import java.time.Duration;

/// How long a reply may take.
/// @param idle  without a single octet
/// @param total until its last octet is read, or until [HttpConnection#extend] is called
public record Patience(Duration idle, Duration total) {}
