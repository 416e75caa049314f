package io.waymark.dns.plugin.forward.upstream;

import io.waymark.source.kubernetes.http.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/// Whom we trust as an upstream, and as whom we come to one.
public final class TlsIdentity {
    private static final char[] NO_PASSWORD = new char[0];

    private final KeyManager[] keys;
    private final TrustManager[] trusted;

    private TlsIdentity(KeyManager[] keys, TrustManager[] trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /// The files of an identity, in PEM.
    /// @param certificate ours with its chain, and empty for none
    /// @param key         its private key; empty exactly if there is no certificate
    /// @param authority   the certificates that an upstream's must come from; empty for the JDK's
    public record Pem(String certificate, String key, String authority) {
        /// No certificate of ours, and the JDK's authorities.
        public static final Pem NONE = new Pem("", "", "");
    }

    /// Reads the files. The message of what it throws names the file and says why.
    public static TlsIdentity read(Pem files) throws IOException, GeneralSecurityException {
        return new TlsIdentity(
                files.certificate().isEmpty() ? new KeyManager[0] : keys(files.certificate(), files.key()),
                trusted(files.authority()));
    }

    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }

    /// The one that decides about upstreams' certificates.
    TrustManager trust() {
        return trusted[0];
    }

    /// The one with our certificate, if we have one.
    java.util.Optional<X509KeyManager> key() {
        return Arrays.stream(keys)
                .filter(X509KeyManager.class::isInstance)
                .map(X509KeyManager.class::cast)
                .findFirst();
    }

    private static TrustManager[] trusted(String file) throws IOException, GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        if (file.isEmpty()) {
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        }
        var store = emptyStore();
        int count = 0;
        for (var certificate : certificates(file)) {
            store.setCertificateEntry("ca-" + count++, certificate);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(String certificate, String key) throws IOException, GeneralSecurityException {
        var store = emptyStore();
        try {
            store.setKeyEntry(
                    "client",
                    PrivateKeyPem.read(Files.readAllBytes(Path.of(key))),
                    NO_PASSWORD,
                    certificates(certificate));
        } catch (GeneralSecurityException unusable) {
            throw new GeneralSecurityException(key + " or " + certificate + ": " + unusable.getMessage(), unusable);
        }
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static Certificate[] certificates(String file) throws IOException, GeneralSecurityException {
        Certificate[] certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(Path.of(file))))
                    .toArray(Certificate[]::new);
        } catch (CertificateException unreadable) {
            throw new CertificateException(file + ": " + unreadable.getMessage(), unreadable);
        }
        if (certificates.length == 0) {
            throw new CertificateException(file + " holds no CERTIFICATE block");
        }
        return certificates;
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
