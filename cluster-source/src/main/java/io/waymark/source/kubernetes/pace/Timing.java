package io.waymark.source.kubernetes.pace;

import io.waymark.source.kubernetes.http.Patience;
import java.time.Duration;

/// How long is waited for what.
/// @param connect      for TCP, and again for the TLS handshake
/// @param list         for the reply to a list
/// @param watchHead    for the head of the reply to a watch
/// @param watchSilence between two frames of a watch: the server sends a bookmark each minute, so
///                     that a longer silence is a lost connection, or a server that hangs
/// @param watchFor     what a watch lasts at least; the server ends it, at random up to twice as late
/// @param retryFirst   before the first new attempt
/// @param retryMax     what doubling that ends at
/// @param verifyEvery  how old the last list may get before the state is compared with a new one
public record Timing(
        Duration connect,
        Patience list,
        Patience watchHead,
        Patience watchSilence,
        Duration watchFor,
        Duration retryFirst,
        Duration retryMax,
        Duration verifyEvery) {
    public static final Timing DEFAULT = new Timing(
            Duration.ofSeconds(5),
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(2)),
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30)),
            new Patience(Duration.ofSeconds(150), Duration.ofSeconds(150)),
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofHours(1));
}
