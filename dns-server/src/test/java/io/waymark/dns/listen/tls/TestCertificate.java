package io.waymark.dns.listen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for 127.0.0.1 that is its own authority, made by the JDK's keytool, with its key.
public final class TestCertificate {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final String name;
    private final KeyStore store;

    private TestCertificate(String name, KeyStore store) {
        this.name = name;
        this.store = store;
    }

    /// @param algorithm of its key: RSA or EC
    public static TestCertificate make(Path folder, String name, String algorithm) {
        try {
            var file = folder.resolve(name + ".p12");
            var keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var command = keytool + " -genkeypair -alias " + name + " -keyalg " + algorithm + " -dname CN=" + name
                    + " -ext SAN=ip:127.0.0.1 -validity 2 -storetype PKCS12 -storepass secret -keystore " + file;
            var made = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
            var store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new TestCertificate(name, store);
        } catch (IOException | GeneralSecurityException | InterruptedException failure) {
            throw new AssertionError("no certificate", failure);
        }
    }

    /// Puts it into these files in PEM, each replaced as a whole.
    public void write(Path certificate, Path key) throws IOException {
        writeCertificate(certificate);
        replace(key, pem("PRIVATE KEY", privateKey()));
    }

    void writeCertificate(Path file) throws IOException {
        try {
            replace(file, pem("CERTIFICATE", certificate().getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        var next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate(name);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private byte[] privateKey() {
        try {
            return store.getKey(name, PASSWORD).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// For a client without a certificate that believes `servers`.
    public static SSLContext anonymous(TestCertificate... servers) {
        return context(new KeyManager[0], servers);
    }

    /// For a client with a certificate.
    public static SSLContext context(TestCertificate client, TestCertificate... servers) {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(client.store, PASSWORD);
            return context(keys.getKeyManagers(), servers);
        } catch (GeneralSecurityException failure) {
            throw new AssertionError("no TLS", failure);
        }
    }

    private static SSLContext context(KeyManager[] keys, TestCertificate... servers) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (var server : servers) {
                trusted.setCertificateEntry(server.name, server.certificate());
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new AssertionError("no TLS", failure);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }
}
