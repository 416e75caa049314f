package io.waymark.source.kubernetes.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes TLS sockets out of PEM files. The files are read for each connection, of which there are a
/// few an hour, and the context is built anew if they say something else: certificates rotate under
/// a process that runs for months. Safe for several threads.
final class TlsContext {
    private static final char[] NO_PASSWORD = new char[0];

    private final Trust trust;
    private final Identity identity;
    private byte[][] builtFrom = new byte[0][];
    private @Nullable SSLSocketFactory factory;

    TlsContext(Trust trust, Identity identity) {
        this.trust = trust;
        this.identity = identity;
    }

    synchronized SSLSocketFactory sockets() throws IOException {
        byte[][] files = {
            trust instanceof Trust.Authority(var certificates) ? certificates.read() : new byte[0],
            identity instanceof Identity.Certificate(var certificate, var key) ? certificate.read() : new byte[0],
            identity instanceof Identity.Certificate(var certificate, var key) ? key.read() : new byte[0]
        };
        if (factory == null || !Arrays.deepEquals(files, builtFrom)) {
            try {
                factory = build(files);
            } catch (GeneralSecurityException unusable) {
                throw new IOException(
                        "TLS with " + trust + " and " + identity + ": " + unusable.getMessage(), unusable);
            }
            builtFrom = files;
        }
        return factory;
    }

    private SSLSocketFactory build(byte[][] files) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys(files[1], files[2]), trusted(files[0]), null);
        return context.getSocketFactory();
    }

    private TrustManager @Nullable [] trusted(byte[] pem) throws GeneralSecurityException, IOException {
        return switch (trust) {
            case Trust.PublicAuthorities() -> null;
            case Trust.Authority(var certificates) -> {
                var store = emptyStore();
                int count = 0;
                for (var certificate : certificates(pem)) {
                    store.setCertificateEntry("ca-" + count++, certificate);
                }
                if (count == 0) {
                    throw new CertificateException(certificates + " holds no CERTIFICATE block");
                }
                var trusting = TrustManagerFactory.getInstance("PKIX");
                trusting.init(store);
                yield trusting.getTrustManagers();
            }
            case Trust.Anyone() -> new TrustManager[] {new AnyoneTrusted()};
        };
    }

    private KeyManager @Nullable [] keys(byte[] certificatePem, byte[] keyPem)
            throws GeneralSecurityException, IOException {
        return switch (identity) {
            case Identity.Anonymous() -> null;
            case Identity.Certificate(var certificate, var key) -> {
                var store = emptyStore();
                store.setKeyEntry("client", PrivateKeyPem.read(keyPem), NO_PASSWORD, certificates(certificatePem));
                var holding = KeyManagerFactory.getInstance("PKIX");
                holding.init(store, NO_PASSWORD);
                yield holding.getKeyManagers();
            }
        };
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(byte[] pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .toArray(Certificate[]::new);
    }
}
