package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.time.Duration;

/// Remembers for a minute what a slow origin of tokens said. Safe for several threads, of which one
/// asks and the others wait.
public final class TokenPlugin {
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    private final Origin origin;
    private String token = "";
    private long readAt;

    /// Runs a program, or asks an identity provider.
    @FunctionalInterface
    public interface Origin {
        /// The token now; it throws if there is none to be had.
        String token() throws IOException;
    }

    public TokenPlugin(Origin origin) {
        this.origin = origin;
    }

    synchronized String token() throws IOException {
        if (token.isEmpty() || System.nanoTime() - readAt > KEPT_NANOS) {
            token = origin.token();
            readAt = System.nanoTime();
        }
        return token;
    }

    synchronized void forget() {
        token = "";
    }
}
