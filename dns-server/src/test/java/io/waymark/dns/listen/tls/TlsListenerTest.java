package io.waymark.dns.listen.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.BindProbe;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.TcpListener;
import io.waymark.dns.listen.Wire;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.pipeline.respond.Response;
import io.waymark.records.address.IpAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A listener over TLS that sends every query back, and what becomes of it when its files change.
class TlsListenerTest {
    private static final int MILLIS_MAX = 10_000;

    @TempDir
    private static Path folder;

    private static TestCertificate first;
    private static TestCertificate second;
    private static EventLoops loops;

    private final Path certificate = folder.resolve("tls.crt");
    private final Path key = folder.resolve("tls.key");

    @BeforeAll
    static void make() {
        first = TestCertificate.make(folder, "first", "RSA");
        second = TestCertificate.make(folder, "second", "EC");
        loops = EventLoops.start(1);
    }

    @AfterAll
    static void stop() {
        loops.close();
    }

    @BeforeEach
    void writeFirst() throws IOException {
        first.write(certificate, key);
    }

    @Test
    void aNewCertificateIsForNewConnectionsAndTheOldOnesGoOn() throws IOException {
        var credentials = credentials(ClientCertificates.NOCERT);
        try (var listening = listen(credentials);
                var old = connect(listening, anonymous())) {
            assertThat(shown(old)).isEqualTo(first.certificate());
            assertThat(echo(old, 1)).isTrue();
            second.write(certificate, key);
            assertThat(credentials.refresh()).isInstanceOf(TlsCredentials.Refresh.Renewed.class);
            try (var next = connect(listening, anonymous())) {
                assertThat(shown(next)).isEqualTo(second.certificate());
                assertThat(echo(next, 2)).isTrue();
            }
            assertThat(echo(old, 3)).as("the old connection").isTrue();
            assertThat(credentials.refresh()).isInstanceOf(TlsCredentials.Refresh.Unchanged.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is in the files      | is refused with
            no certificate              | holds no CERTIFICATE block
            a certificate cut short     | cannot be used
            another certificate's key   | the key is not the certificate's
            no key                      | no unencrypted PRIVATE KEY
            nothing at all              | there is no such file
            """)
    void filesThatCannotBeUsedChangeNothing(String what, String why) throws IOException {
        var credentials = credentials(ClientCertificates.NOCERT);
        try (var listening = listen(credentials)) {
            spoil(what);
            assertThat(credentials.refresh())
                    .isInstanceOfSatisfying(
                            TlsCredentials.Refresh.Refused.class,
                            refused -> assertThat(refused.reason()).contains(why));
            assertThatThrownBy(() -> credentials(ClientCertificates.NOCERT)).hasMessageContaining(why);
            try (var next = connect(listening, anonymous())) {
                assertThat(shown(next)).isEqualTo(first.certificate());
                assertThat(echo(next, 1)).isTrue();
            }
        }
    }

    private void spoil(String what) throws IOException {
        switch (what) {
            case "no certificate" -> Files.writeString(certificate, "");
            case "a certificate cut short" ->
                Files.writeString(certificate, Files.readString(certificate).substring(0, 300));
            case "another certificate's key" -> second.writeCertificate(certificate);
            case "no key" -> Files.writeString(key, "x");
            default -> Files.delete(key);
        }
    }

    /// The JDK's client gives a certificate only to a server that asks for its authority.
    @ParameterizedTest(name = "{0}, a client {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # client_auth        | with a certificate of | is served
            NOCERT               | nobody                | true
            REQUEST              | nobody                | true
            REQUEST              | a stranger            | true
            REQUIRE              | nobody                | false
            REQUIRE              | a stranger            | true
            VERIFY_IF_GIVEN      | nobody                | true
            VERIFY_IF_GIVEN      | a stranger            | true
            VERIFY_IF_GIVEN      | the authority         | true
            REQUIRE_AND_VERIFY   | nobody                | false
            REQUIRE_AND_VERIFY   | a stranger            | false
            REQUIRE_AND_VERIFY   | the authority         | true
            """)
    void clientsAreAskedForWhatClientAuthSays(ClientCertificates clients, String who, boolean served) {
        try (var listening = listen(credentials(clients))) {
            var context = switch (who) {
                case "nobody" -> anonymous();
                case "a stranger" -> TestCertificate.context(second, first);
                default -> TestCertificate.context(first, first);
            };
            assertThat(isServed(listening, context)).isEqualTo(served);
        }
    }

    // A client of TLS 1.3 learns that its certificate is refused when it reads.
    private static boolean isServed(Listening listening, SSLContext context) {
        try (var socket = connect(listening, context)) {
            return echo(socket, 1);
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void whatIsNoTlsIsClosed() throws IOException {
        try (var listening = listen(credentials(ClientCertificates.NOCERT));
                var plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), listening.port)) {
            plain.setSoTimeout(MILLIS_MAX);
            plain.getOutputStream().write(new byte[] {0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
            var answer = plain.getInputStream().readNBytes(100);
            assertThat(answer.length).as("an alert at most").isLessThan(12);
        }
    }

    @Test
    void whoeverConnectsAndSaysNothingShutsNobodyOut() throws IOException {
        var patient = limits(Duration.ofMinutes(5));
        var silent = new ArrayList<Socket>();
        try (var listening = listen(credentials(ClientCertificates.NOCERT), patient)) {
            while (silent.size() <= Handshakes.MAX) {
                silent.add(new Socket(InetAddress.ofLiteral("127.0.0.1"), listening.port));
            }
            assertThat(isClosed(silent.getFirst())).as("the oldest handshake").isTrue();
            assertThat(isServed(listening, anonymous())).isTrue();
            assertThat(isClosed(silent.get(1))).as("the next, for the client").isTrue();
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aHandshakeThatIsNotFinishedEnds() throws IOException {
        try (var listening = listen(credentials(ClientCertificates.NOCERT), limits(Duration.ofMillis(200)));
                var silent = new Socket(InetAddress.ofLiteral("127.0.0.1"), listening.port);
                var begun = new Socket(InetAddress.ofLiteral("127.0.0.1"), listening.port)) {
            // The header of a ClientHello that never comes.
            begun.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            assertThat(isClosed(silent)).isTrue();
            assertThat(isClosed(begun)).isTrue();
        }
    }

    private static ListenerLimits limits(Duration read) {
        return ListenerLimits.DEFAULT.with(
                ListenerLimits.QUERIES_UNBOUNDED,
                new ListenerLimits.Timeouts(read, Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }

    /// Whether the other side closes, perhaps after an alert.
    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(MILLIS_MAX);
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private TlsCredentials credentials(ClientCertificates clients) {
        var authority = clients.verified() ? certificate.toString() : "";
        return new TlsCredentials(new TlsFiles(certificate.toString(), key.toString(), authority, clients).read());
    }

    private record Listening(TcpListener listener, int port) implements AutoCloseable {
        @Override
        public void close() {
            listener.close();
        }
    }

    private static Listening listen(TlsCredentials credentials) {
        return listen(credentials, ListenerLimits.DEFAULT);
    }

    private static Listening listen(TlsCredentials credentials, ListenerLimits limits) {
        var address = BindProbe.free(new BindAddress.One(IpAddress.of("127.0.0.1"), 0), List.of(Transport.TLS));
        var listener = TcpListener.bind(
                loops,
                address,
                new Wire(Transport.TLS, new Encryption.Tls(credentials)),
                () -> (octets, offset, length, client) ->
                        new Response.Octets(Arrays.copyOfRange(octets, offset, offset + length)),
                () -> limits,
                System::nanoTime);
        return new Listening(listener, address.port());
    }

    /// Without a certificate that any authority here would be asked for.
    private static SSLContext anonymous() {
        return TestCertificate.anonymous(first, second);
    }

    private static SSLSocket connect(Listening listening, SSLContext context) throws IOException {
        var socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), listening.port);
        socket.setSoTimeout(MILLIS_MAX);
        socket.startHandshake();
        return socket;
    }

    private static X509Certificate shown(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /// Sends two queries at once; whether both come back.
    private static boolean echo(SSLSocket socket, int id) throws IOException {
        var out = new DataOutputStream(socket.getOutputStream());
        var query = new byte[20];
        query[1] = (byte) id;
        for (int i = 0; i < 2; i++) {
            out.writeShort(query.length);
            out.write(query);
        }
        out.flush();
        var in = new DataInputStream(socket.getInputStream());
        for (int i = 0; i < 2; i++) {
            if (!Arrays.equals(in.readNBytes(in.readUnsignedShort()), query)) {
                return false;
            }
        }
        return true;
    }
}
