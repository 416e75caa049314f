package io.waymark.dns.listen.tls;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// What the listeners of one address show their clients: a certificate that can be replaced at any
/// time. Connections that are there go on with what they began with. Read on any thread, replaced on
/// one at a time.
public final class TlsCredentials {
    private final Handshakes handshakes = new Handshakes();
    private volatile CurrentKey.Keys keys;

    public TlsCredentials(TlsMaterial first) {
        this.keys = new CurrentKey.Keys(0, first, first);
    }

    /// What a look at the files has brought.
    public sealed interface Refresh {
        /// They are as they were.
        record Unchanged() implements Refresh {}

        /// New connections get another certificate.
        record Renewed(TlsFiles files) implements Refresh {}

        /// They cannot be used; everything is as it was.
        record Refused(String reason) implements Refresh {}
    }

    /// Looks at the files; blocks while it reads them.
    public Refresh refresh() {
        try {
            var read = keys.newer().files().read();
            if (read.isSame(keys.newer())) {
                return new Refresh.Unchanged();
            }
            use(read);
            return new Refresh.Renewed(read.files());
        } catch (TlsFilesException broken) {
            return new Refresh.Refused(String.valueOf(broken.getMessage()));
        }
    }

    /// From now on new connections get what the other's do, from its files.
    public void adopt(TlsCredentials other) {
        var theirs = other.keys.newer();
        if (!theirs.isSame(keys.newer())) {
            use(theirs);
        }
    }

    private void use(TlsMaterial next) {
        var now = keys;
        keys = new CurrentKey.Keys(now.number() + 1, next, now.newer());
    }

    /// What clients are asked for; it stays, whatever the files say.
    public ClientCertificates clients() {
        return keys.newer().files().clients();
    }

    /// For a server that is not Vert.x'; it asks clients for what it is told to.
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new CurrentKey(() -> keys)},
                    new TrustManager[] {new CurrentTrust(() -> keys.newer().trust())},
                    null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    void applyTo(NetServerOptions options, Duration handshakeMax) {
        options.setSsl(true)
                .setKeyCertOptions(KeyCertOptions.wrap(new CurrentKey(() -> keys)))
                .setTrustOptions(
                        TrustOptions.wrap(new CurrentTrust(() -> keys.newer().trust())))
                .setClientAuth(clients().asked())
                .setSslEngineOptions(new BoundedEngines(handshakes))
                .setSslHandshakeTimeout(handshakeMax.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
