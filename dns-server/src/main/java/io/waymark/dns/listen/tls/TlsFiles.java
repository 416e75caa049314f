package io.waymark.dns.listen.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// The files in PEM that a listener speaks TLS with, and what it asks of its clients.
/// @param certificate the server's, the certificates that lead to its authority behind it
/// @param key         its private key, not encrypted
/// @param authority   whose certificates of clients are believed; empty for the JDK's authorities
/// @param clients     whether a client needs a certificate
public record TlsFiles(String certificate, String key, String authority, ClientCertificates clients) {
    /// More than any certificate or key has.
    private static final int OCTETS_MAX = 1 << 20;

    /// Reads them. Throws a [TlsFilesException], which says which file is wrong and why.
    public TlsMaterial read() {
        return material(octets(certificate), octets(key), authority.isEmpty() ? new byte[0] : octets(authority));
    }

    private TlsMaterial material(byte[] certificatePem, byte[] keyPem, byte[] authorityPem) {
        try {
            return TlsMaterial.of(this, certificatePem, keyPem, authorityPem);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException unusable) {
            throw new TlsFilesException(this, unusable);
        }
    }

    private byte[] octets(String file) {
        try {
            var path = Path.of(file);
            if (Files.size(path) > OCTETS_MAX) {
                throw new IOException("it has more than " + OCTETS_MAX + " octets");
            }
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw new TlsFilesException(file, unreadable);
        }
    }

    @Override
    public String toString() {
        return certificate + " and " + key + (authority.isEmpty() ? "" : ", authority " + authority);
    }
}
