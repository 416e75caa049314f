package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.BindProbe;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.tls.TestCertificate;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.address.IpAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A whole server with `tls://`, `https://` and, behind somebody who ends the TLS, plain HTTP.
class EncryptedServerTest {
    private static final String COREFILE = """
            tls://a.test:0 https://a.test:0 {
                bind 127.0.0.1
                tls %1$s/tls.crt %1$s/tls.key
                log
                acl {
                    drop type MX
                }
                any
                whoami
            }
            https://a.test:1 {
                bind 127.0.0.1
                any
            }
            """;

    private static final ByteArrayOutputStream LOG = new ByteArrayOutputStream();

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static DnsServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        certificate = TestCertificate.make(folder, "server", "EC");
        certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        var free = BindProbe.free(new BindAddress.One(IpAddress.of("127.0.0.1"), 0));
        var corefile = COREFILE.formatted(folder).replace("a.test:1", "a.test:" + free.port());
        server = switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(new DnsServerConfig(
                        plan,
                        CorefileOrigin.fixed(plan),
                        (api, limits, scope, observer) -> new HandSource(),
                        2,
                        ListenerLimits.DEFAULT,
                        new PrintStream(LOG, true, StandardCharsets.UTF_8),
                        Duration.ofSeconds(1)));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
        http = HttpClient.newBuilder()
                .sslContext(TestCertificate.anonymous(certificate))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
        assertThat(LOG.toString(StandardCharsets.UTF_8)).contains("\"ANY IN a.test. tcp ");
        assertThat(server.defects()).isZero();
    }

    @Test
    void overTlsManyQueriesOfOneConnectionAreAnswered() throws IOException {
        try (var socket = (SSLSocket) TestCertificate.anonymous(certificate)
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral("127.0.0.1"), port(0))) {
            socket.setSoTimeout(10_000);
            var out = new DataOutputStream(socket.getOutputStream());
            for (var query : List.of("a.test ANY", "a.test A")) {
                var octets = ReplyText.query(query);
                out.writeShort(octets.length);
                out.write(octets);
            }
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            assertThat(ReplyText.of(in.readNBytes(in.readUnsignedShort()))).contains("RFC 8482");
            assertThat(ReplyText.of(in.readNBytes(in.readUnsignedShort()))).contains("_tcp.a.test.");
        }
    }

    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"GET, HTTP_2", "GET, HTTP_1_1", "POST, HTTP_2", "POST, HTTP_1_1"})
    void overHttpsAQueryIsAnswered(String method, HttpClient.Version version) throws Exception {
        var response = send(request(method, "a.test ANY").version(version).build());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/dns-message");
        assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=3600");
        assertThat(ReplyText.of(response.body())).contains("RFC 8482");
    }

    @Test
    void withoutACertificateItIsPlainHttp() throws Exception {
        var octets = ReplyText.query("a.test ANY");
        var uri = URI.create("http://127.0.0.1:" + port(2) + "/dns-query");
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(octets));
        assertThat(ReplyText.of(send(request.build()).body())).contains("RFC 8482");
    }

    /// As CoreDNS 1.15.0 answers.
    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # method | path                                          | status
            GET      | /                                             | 404
            GET      | /dns-query                                    | 400
            GET      | /dns-query?dns=a.b                            | 400
            GET      | /dns-query?dns=AAAA                           | 400
            GET      | /dns-query?dns=AAABAAABAAAAAAAA&dns=AAABAAABAAAAAAAA | 400
            PUT      | /dns-query                                    | 400
            POST     | /dns-query                                    | 400
            """)
    void whatIsNoQueryHasAStatus(String method, String path, int status) throws Exception {
        var uri = URI.create("https://127.0.0.1:" + port(1) + path);
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        assertThat(send(request.build()).statusCode()).isEqualTo(status);
    }

    @Test
    void aBodyLongerThanAnyQueryIsRefused() throws Exception {
        var uri = URI.create("https://127.0.0.1:" + port(1) + "/dns-query");
        var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(new byte[1 << 20]));
        assertThat(send(request.build()).statusCode()).isEqualTo(400);
    }

    @Test
    void aQueryThatIsDroppedHasAStatusToo() throws Exception {
        assertThat(send(request("POST", "a.test MX").build()).statusCode()).isEqualTo(500);
    }

    private static HttpRequest.Builder request(String method, String query) {
        var octets = ReplyText.query(query);
        var uri = "https://127.0.0.1:" + port(1) + "/dns-query";
        return method.equals("POST")
                ? HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.ofByteArray(octets))
                : HttpRequest.newBuilder(URI.create(
                        uri + "?dns=" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets)));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    /// By the order of the plan: `tls://`, `https://` with TLS, without.
    private static int port(int listener) {
        return server.addresses().get(listener).port();
    }
}
