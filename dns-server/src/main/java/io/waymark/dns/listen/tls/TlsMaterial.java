package io.waymark.dns.listen.tls;

import io.waymark.source.kubernetes.http.AnyoneTrusted;
import io.waymark.source.kubernetes.http.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What [TlsFiles] held when they were read. Immutable.
public final class TlsMaterial {
    private static final byte[] PROBE = {1, 2, 3, 4};

    private final TlsFiles files;
    private final byte[][] octets;
    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final X509ExtendedTrustManager trust;

    private TlsMaterial(
            TlsFiles files,
            byte[][] octets,
            List<X509Certificate> chain,
            PrivateKey key,
            X509ExtendedTrustManager trust) {
        this.files = files;
        this.octets = octets;
        this.chain = List.copyOf(chain);
        this.key = key;
        this.trust = trust;
    }

    static TlsMaterial of(TlsFiles files, byte[] certificatePem, byte[] keyPem, byte[] authorityPem)
            throws GeneralSecurityException, IOException {
        var chain = certificates(certificatePem, files.certificate());
        var key = PrivateKeyPem.read(keyPem);
        check(key, chain.getFirst());
        var trust = files.clients().verified() ? trust(files.authority(), authorityPem) : new AnyoneTrusted();
        return new TlsMaterial(files, new byte[][] {certificatePem, keyPem, authorityPem}, chain, key, trust);
    }

    TlsFiles files() {
        return files;
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    X509ExtendedTrustManager trust() {
        return trust;
    }

    /// Whether the files held the same when the other was read.
    boolean isSame(TlsMaterial other) {
        return files.equals(other.files) && Arrays.deepEquals(octets, other.octets);
    }

    private static List<X509Certificate> certificates(byte[] pem, String file) throws CertificateException {
        var certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (certificates.isEmpty()) {
            throw new CertificateException(file + " holds no CERTIFICATE block");
        }
        return certificates;
    }

    // Whoever writes the two files one after the other leaves a moment in which they do not fit.
    private static void check(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        var verifying = Signature.getInstance(algorithm);
        if (certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(PROBE);
            if (verifying.verify(signing.sign())) {
                return;
            }
        }
        throw new GeneralSecurityException("the key is not the certificate's");
    }

    private static X509ExtendedTrustManager trust(String file, byte[] pem)
            throws GeneralSecurityException, IOException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(file.isEmpty() ? null : store(file, pem));
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable KeyStore store(String file, byte[] pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (var certificate : certificates(pem, file)) {
            store.setCertificateEntry("ca-" + count++, certificate);
        }
        return store;
    }
}
