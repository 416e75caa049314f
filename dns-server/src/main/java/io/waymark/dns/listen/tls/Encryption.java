package io.waymark.dns.listen.tls;

import io.vertx.core.net.NetServerOptions;
import java.time.Duration;

/// Whether what a listener says is encrypted.
public sealed interface Encryption {
    /// It is not.
    record None() implements Encryption {}

    /// It is (RFC 8446, RFC 5246).
    record Tls(TlsCredentials credentials) implements Encryption {}

    /// Puts it into the options of a server.
    /// @param handshakeMax how long a client may take to agree
    default void applyTo(NetServerOptions options, Duration handshakeMax) {
        switch (this) {
            case None none -> {}
            case Tls(var credentials) -> credentials.applyTo(options, handshakeMax);
        }
    }
}
