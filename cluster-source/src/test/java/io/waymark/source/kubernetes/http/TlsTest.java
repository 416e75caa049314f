package io.waymark.source.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS with certificates that the JDK's own keytool makes: a server that wants a client certificate.
@Timeout(60)
class TlsTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext context;
    private static SSLServerSocket listening;
    private static KeyStore clientRsa;
    private static KeyStore clientEc;

    @BeforeAll
    static void listen() throws Exception {
        var server = keyPair("server", "EC", "san=ip:127.0.0.1,dns:kubernetes");
        clientRsa = keyPair("client-rsa", "RSA", "san=dns:x");
        clientEc = keyPair("client-ec", "EC", "san=dns:x");
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("rsa", clientRsa.getCertificate("client-rsa"));
        trusted.setCertificateEntry("ec", clientEc.getCertificate("client-ec"));
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(server, PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        listening = socket();
        listening.setWantClientAuth(true);
        Thread.ofVirtual().start(() -> serve(listening));
    }

    private static SSLServerSocket socket() throws IOException {
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static KeyStore keyPair(String name, String algorithm, String extension) throws Exception {
        var file = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        extension,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        Files.writeString(
                folder.resolve(name + ".crt"),
                pem("CERTIFICATE", store.getCertificate(name).getEncoded()));
        Files.writeString(
                folder.resolve(name + ".key"),
                pem("PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded()));
        return store;
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    /// Answers each connection with the name of the client, and keeps it.
    private static void serve(SSLServerSocket listening) {
        try {
            while (true) {
                var socket = (SSLSocket) listening.accept();
                Thread.ofVirtual().start(() -> {
                    try {
                        socket.startHandshake();
                        var name = clientOf(socket);
                        socket.getOutputStream()
                                .write(("HTTP/1.1 200 OK\r\nContent-Length: " + name.length() + "\r\n\r\n" + name)
                                        .getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException refused) {
                        // A client that does not trust us goes away, as its test expects.
                    }
                });
            }
        } catch (IOException closed) {
            // The tests are over.
        }
    }

    private static String clientOf(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (SSLException anonymous) {
            return "nobody";
        }
    }

    @AfterAll
    static void close() throws IOException {
        listening.close();
    }

    private static String asked(Trust trust, String tlsName, Identity identity) throws IOException {
        return asked(listening, trust, tlsName, identity);
    }

    private static String asked(SSLServerSocket listening, Trust trust, String tlsName, Identity identity)
            throws IOException {
        var server = new ApiServer(
                Location.of(URI.create("https://127.0.0.1:" + listening.getLocalPort())),
                trust,
                tlsName,
                identity,
                new Credential.None());
        try (server;
                var connection = server.open(Duration.ofSeconds(10))) {
            var limit = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10));
            return new String(connection.receive(limit).body().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Trust authority(String name) {
        return new Trust.Authority(new PemFile.OnDisk(folder.resolve(name + ".crt")));
    }

    private static Identity client(String name) {
        return new Identity.Certificate(
                new PemFile.OnDisk(folder.resolve(name + ".crt")), new PemFile.OnDisk(folder.resolve(name + ".key")));
    }

    @Test
    void aServerOfTheAuthorityIsTrusted() throws IOException {
        assertThat(asked(authority("server"), "127.0.0.1", new Identity.Anonymous()))
                .isEqualTo("nobody");
        assertThat(asked(authority("server"), "kubernetes", new Identity.Anonymous()))
                .isEqualTo("nobody");
    }

    @Test
    void aServerOfAnotherAuthorityOrWithAnotherNameIsNot() {
        assertThatThrownBy(() -> asked(authority("client-ec"), "127.0.0.1", new Identity.Anonymous()))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> asked(authority("server"), "10.96.0.1", new Identity.Anonymous()))
                .isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> asked(new Trust.PublicAuthorities(), "127.0.0.1", new Identity.Anonymous()))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void withoutVerificationAnyServerIsTrusted() throws IOException {
        assertThat(asked(new Trust.Anyone(), "10.96.0.1", new Identity.Anonymous()))
                .isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x25519", "secp256r1", "secp384r1"})
    void aServerThatTakesOneKeyExchangeOnlyIsReached(String group) throws IOException {
        try (var strict = socket()) {
            var parameters = strict.getSSLParameters();
            parameters.setNamedGroups(new String[] {group});
            strict.setSSLParameters(parameters);
            Thread.ofVirtual().start(() -> serve(strict));
            assertThat(asked(strict, authority("server"), "127.0.0.1", new Identity.Anonymous()))
                    .isEqualTo("nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-rsa", "client-ec"})
    void aClientCertificateSaysWhoWeAre(String name) throws IOException {
        assertThat(asked(authority("server"), "127.0.0.1", client(name))).isEqualTo("CN=" + name);
    }

    @Test
    void aKeyIsReadInTheOlderFormsToo() throws Exception {
        var rsa = clientRsa.getKey("client-rsa", PASSWORD);
        var ec = clientEc.getKey("client-ec", PASSWORD);
        assertThat(PrivateKeyPem.read(
                        pem("RSA PRIVATE KEY", inner(rsa.getEncoded())).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(rsa);
        var curve = Arrays.copyOfRange(ec.getEncoded(), 16, 18 + ec.getEncoded()[17]);
        var older = pem("EC PRIVATE KEY", withCurve(inner(ec.getEncoded()), curve));
        var read = (ECPrivateKey) PrivateKeyPem.read(older.getBytes(StandardCharsets.US_ASCII));
        assertThat(read.getS()).isEqualTo(((ECPrivateKey) ec).getS());
        assertThat(read.getParams().getOrder())
                .isEqualTo(((ECPrivateKey) ec).getParams().getOrder());
    }

    /// The octet string at the end of a PKCS #8 key (RFC 5958 §2).
    private static byte[] inner(byte[] pkcs8) {
        for (int at = 4; at < pkcs8.length - 4; at++) {
            int head = (pkcs8[at + 1] & 0xff) == 0x82 ? 4 : (pkcs8[at + 1] & 0xff) == 0x81 ? 3 : 2;
            int length = head == 2 ? pkcs8[at + 1] : pkcs8[at + head - 1] & 0xff;
            length += head == 4 ? (pkcs8[at + 2] & 0xff) << 8 : 0;
            if (pkcs8[at] == 0x04 && at + head + length == pkcs8.length) {
                return Arrays.copyOfRange(pkcs8, at + head, pkcs8.length);
            }
        }
        throw new IllegalArgumentException("no octet string at the end");
    }

    /// A SEC 1 key with the curve's identifier put in where the PKCS #8 form leaves it out.
    private static byte[] withCurve(byte[] sec1, byte[] curve) {
        int scalarEnd = 5 + 2 + sec1[6];
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(Arrays.copyOfRange(sec1, 2, scalarEnd));
        octets.write(0xa0);
        octets.write(curve.length);
        octets.writeBytes(curve);
        octets.writeBytes(Arrays.copyOfRange(sec1, scalarEnd, sec1.length));
        var key = new ByteArrayOutputStream();
        key.write(0x30);
        key.write(octets.size());
        key.writeBytes(octets.toByteArray());
        return key.toByteArray();
    }

    @Test
    void anEncryptedKeyIsRefusedWithWhatIsExpected() {
        assertThatThrownBy(() -> PrivateKeyPem.read(
                        pem("ENCRYPTED PRIVATE KEY", new byte[9]).getBytes(StandardCharsets.US_ASCII)))
                .hasMessageStartingWith("no unencrypted PRIVATE KEY");
    }

    @Test
    void certificatesThatAreReplacedInTheirFilesAreUsedFromTheNextConnection() throws IOException {
        var authority = folder.resolve("rotating.crt");
        Files.copy(folder.resolve("client-ec.crt"), authority, StandardCopyOption.REPLACE_EXISTING);
        var server = new ApiServer(
                Location.of(URI.create("https://127.0.0.1:" + listening.getLocalPort())),
                new Trust.Authority(new PemFile.OnDisk(authority)),
                "127.0.0.1",
                new Identity.Anonymous(),
                new Credential.None());
        try (server) {
            assertThatThrownBy(() -> server.open(Duration.ofSeconds(10))).isInstanceOf(SSLException.class);
            Files.copy(folder.resolve("server.crt"), authority, StandardCopyOption.REPLACE_EXISTING);
            server.open(Duration.ofSeconds(10)).close();
        }
    }
}
