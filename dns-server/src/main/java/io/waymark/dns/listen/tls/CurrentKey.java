package io.waymark.dns.listen.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each handshake the certificate of its time. A handshake asks for the chain and for the key
/// one after the other, by an alias; so an alias stands for one certificate for good, and the last
/// two are known.
final class CurrentKey extends X509ExtendedKeyManager {
    private final Supplier<Keys> keys;

    /// @param newer the one for new connections
    /// @param older the one before it
    record Keys(int number, TlsMaterial newer, TlsMaterial older) {
        @Nullable
        TlsMaterial of(String alias) {
            if (alias.equals(Integer.toString(number))) {
                return newer;
            }
            return alias.equals(Integer.toString(number - 1)) ? older : null;
        }
    }

    CurrentKey(Supplier<Keys> keys) {
        this.keys = keys;
    }

    private @Nullable String alias(String keyType) {
        var now = keys.get();
        return now.newer().key().getAlgorithm().equals(keyType) ? Integer.toString(now.number()) : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        var alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var material = keys.get().of(alias);
        return material == null ? null : material.chain();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var material = keys.get().of(alias);
        return material == null ? null : material.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
