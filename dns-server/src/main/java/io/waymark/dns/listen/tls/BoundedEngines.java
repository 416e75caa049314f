package io.waymark.dns.listen.tls;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;

/// The JDK's TLS for one listener, where [Handshakes] are told of each.
final class BoundedEngines extends JdkSSLEngineOptions {
    private final Handshakes handshakes;

    BoundedEngines(Handshakes handshakes) {
        this.handshakes = handshakes;
    }

    @Override
    public boolean getUseWorkerThread() {
        // Handshakes compute for milliseconds, which is for a worker and not for a loop.
        return true;
    }

    @Override
    public JdkSSLEngineOptions copy() {
        return new BoundedEngines(handshakes);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new ListenerContexts(handshakes);
    }
}
