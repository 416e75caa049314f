package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.listen.tls.TlsFiles;
import java.util.Optional;

/// Who gets what is tapped.
public sealed interface TapPeer {
    TapAddress socket();

    /// Whoever listens at a socket: connected to, and again when that breaks.
    /// @param verified   whether the certificate of who listens over TLS is checked
    /// @param waitingMax messages that may wait for it
    record Receiver(TapAddress socket, boolean verified, int waitingMax) implements TapPeer {
        @Override
        public String toString() {
            return socket.toString();
        }
    }

    /// Whoever connects to a socket of ours, any number of them.
    /// @param tls as whom the socket speaks, if over TLS
    record Callers(TapAddress socket, Optional<TlsFiles> tls) implements TapPeer {
        @Override
        public String toString() {
            return "listen " + socket;
        }
    }
}
