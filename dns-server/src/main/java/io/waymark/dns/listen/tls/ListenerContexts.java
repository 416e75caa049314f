package io.waymark.dns.listen.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes the contexts of one listener from the JDK's TLS. Vert.x' own way goes through a class of Netty that
/// has all of BouncyCastle loaded when the first client connects, on its event loop, only to see
/// how old the JDK is: 0.4 s in which nobody is answered.
final class ListenerContexts implements SslContextFactory {
    private final Handshakes handshakes;
    private KeyManager[] keys = {};
    private TrustManager[] trust = {};
    private ClientAuth clients = ClientAuth.NONE;
    private List<String> versions = List.of();
    private List<String> suites = List.of();
    private List<String> applications = List.of();
    private boolean applicationsAsked;

    ListenerContexts(Handshakes handshakes) {
        this.handshakes = handshakes;
    }

    @Override
    public SslContextFactory useAlpn(boolean asked) {
        applicationsAsked = asked;
        return this;
    }

    @Override
    public SslContextFactory forServer(ClientAuth auth) {
        clients = auth;
        return this;
    }

    @Override
    public SslContextFactory enabledProtocols(@Nullable Set<String> enabled) {
        versions = orNone(enabled);
        return this;
    }

    // The name is Vert.x'.
    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
        keys = factory.getKeyManagers();
        return this;
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
        trust = factory.getTrustManagers();
        return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(@Nullable Set<String> enabled) {
        suites = orNone(enabled);
        return this;
    }

    @Override
    public SslContextFactory applicationProtocols(@Nullable List<String> known) {
        applications = orNone(known);
        return this;
    }

    /// Vert.x says null where nothing was said.
    private static List<String> orNone(@Nullable Collection<String> said) {
        return said == null ? List.of() : List.copyOf(said);
    }

    @Override
    public SslContext create() throws SSLException {
        try {
            var jdk = SSLContext.getInstance("TLS");
            jdk.init(keys, trust, null);
            var byDefault = jdk.getDefaultSSLParameters();
            return new ToldContext(
                    new JdkSslContext(
                            jdk,
                            false,
                            suites.isEmpty() ? List.of(byDefault.getCipherSuites()) : suites,
                            SupportedCipherSuiteFilter.INSTANCE,
                            negotiation(),
                            clients,
                            versions.isEmpty() ? byDefault.getProtocols() : versions.toArray(String[]::new),
                            false),
                    handshakes);
        } catch (GeneralSecurityException refused) {
            throw new SSLException("the JDK's TLS refuses the certificate or the key", refused);
        }
    }

    /// Who speaks none of our protocols is told so (RFC 7301 §3.2).
    private ApplicationProtocolConfig negotiation() {
        return applicationsAsked && !applications.isEmpty()
                ? new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.FATAL_ALERT,
                        SelectedListenerFailureBehavior.FATAL_ALERT,
                        applications)
                : ApplicationProtocolConfig.DISABLED;
    }
}
