package io.waymark.testzones.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Identity;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The same questions over TLS and HTTPS to CoreDNS and to `./waymark dns`, by real `kdig` and real `curl`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedDifferentialTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private ScratchFolder folder;
    private Identity identity;
    private Identity stranger;
    private ServedZone theirs;
    private ServedZone ours;
    private DnsProcess coredns;
    private DnsProcess waymark;

    @BeforeAll
    void start() throws IOException {
        Peers.require("coredns");
        folder = new ScratchFolder("listening");
        identity = Identity.in(folder.path(), "dns");
        stranger = Identity.in(folder.path(), "stranger");
        theirs = new ServedZone(folder.path(), identity.certificate(), identity.key());
        ours = new ServedZone(folder.path(), identity.certificate(), identity.key());
        coredns = DnsProcess.coreDns(folder.path(), ServedZone.COREFILE, theirs.environment())
                .awaitReady();
        waymark = DnsProcess.waymark(folder.path(), ServedZone.COREFILE, ours.environment(), List.of())
                .awaitReady();
        Files.write(folder.path().resolve("query"), TlsClient.query("www.test."));
        Files.write(folder.path().resolve("long"), new byte[70_000]);
        var response = TlsClient.query("www.test.");
        response[2] |= (byte) 0x80;
        Files.write(folder.path().resolve("response"), response);
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {waymark, coredns, folder}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(part + " does not close", e);
            }
        }
    }

    // kdig pads its queries over TLS; Waymark pads the reply then (RFC 7830 §4), CoreDNS does not.
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "www.test A",
                "WwW.TeSt A",
                "www.test AAAA",
                "www.test ANY",
                "gone.test A",
                "alias.test A",
                "alias.test CNAME",
                "big.test TXT",
                "big.test TXT +noedns",
                "big.test TXT +bufsize=512",
                "test SOA",
                "test NS",
                "test MX",
                "www.test A +noedns",
                "www.test A +dnssec",
                "www.test A +norec",
                "www.test A +cdflag",
                "www.test A +nsid",
                "www.test A +edns=1",
                "www.elsewhere A"
            })
    void kdigIsToldWhatCoreDnsTells(String question) {
        for (var transport : List.of("+tls", "+https", "+https-get")) {
            var expected = kdig(theirs, transport, "+nopadding").ask(question);
            assertThat(kdig(ours, transport, "+nopadding").ask(question))
                    .as(transport)
                    .isEqualTo(expected);
            assertThat(expected).doesNotContain("no reply");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # kdig's options                              | says
            +tls                                          | NOERROR
            +tls +tls-ca=dns.pem                          | NOERROR
            +tls +tls-ca=dns.pem +tls-hostname=dns.test   | NOERROR
            +tls +tls-ca=dns.pem +tls-hostname=other.test | no TLS
            +tls +tls-ca=stranger.pem                     | no TLS
            +https                                          | NOERROR
            +https +tls-ca=dns.pem                          | NOERROR
            +https +tls-ca=dns.pem +tls-hostname=dns.test   | NOERROR
            +https +tls-ca=dns.pem +tls-hostname=other.test | no TLS
            +https +tls-ca=stranger.pem                     | no TLS
            """)
    void kdigChecksTheCertificate(String options, String says) {
        var words = options.replace("=dns.pem", "=" + identity.certificate())
                .replace("=stranger.pem", "=" + stranger.certificate())
                .split(" ");
        assertThat(kdig(ours, words).ask("www.test A").getFirst()).startsWith(says);
        assertThat(kdig(theirs, words).ask("www.test A").getFirst()).startsWith(says);
    }

    private static Kdig kdig(ServedZone server, String... options) {
        return new Kdig(options[0].equals("+tls") ? server.tls() : server.https(), options);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # request                    | version, status and type
            GET                          | 2 200 application/dns-message
            GET --http1.1                | 1.1 200 application/dns-message
            GET --http2-prior-knowledge  | 2 200 application/dns-message
            GET accept text/html         | 2 200 application/dns-message
            POST                         | 2 200 application/dns-message
            POST --http1.1               | 1.1 200 application/dns-message
            POST of text/plain           | 2 200 application/dns-message
            POST of a response           | 2 400 text/plain; charset=utf-8
            POST too long                | 2 400 text/plain; charset=utf-8
            POST too long --http1.1      | 1.1 400 text/plain; charset=utf-8
            GET too long --http1.1       | 1 400 text/plain; charset=utf-8
            GET without dns              | 2 400 text/plain; charset=utf-8
            GET elsewhere                | 2 404 text/plain; charset=utf-8
            PUT                          | 2 400 text/plain; charset=utf-8
            """)
    void curlIsToldWhatCoreDnsTells(String request, String seen) {
        assertThat(curl(ours, request)).isEqualTo(seen);
        // An HTTP/1.1 request that cannot be read is of no version for us.
        assertThat(curl(theirs, request)).isEqualTo(seen.replaceFirst("^1 ", "1.1 "));
    }

    private String curl(ServedZone server, String request) {
        var command = new ArrayList<>(List.of(Peers.require("curl").toString(), "-s", "-m", "10", "-o", "/dev/null"));
        command.addAll(List.of("--cacert", identity.certificate().toString()));
        command.addAll(List.of("-w", "%{http_version} %{http_code} %{content_type}"));
        var url = "https://127.0.0.1:" + server.https() + "/dns-query";
        command.addAll(arguments(url, request.replaceFirst(" --.*", "")));
        Arrays.stream(request.split(" ")).filter(word -> word.startsWith("--")).forEach(command::add);
        return Program.output(LIMIT, command).strip();
    }

    private List<String> arguments(String url, String request) {
        var query = file("query");
        var message = "content-type: application/dns-message";
        return switch (request) {
            case "GET" -> List.of(url + "?dns=" + encoded(query));
            case "GET accept text/html" -> List.of("-H", "accept: text/html", url + "?dns=" + encoded(query));
            case "GET too long" -> List.of(url + "?dns=" + encoded(file("long")));
            case "GET without dns" -> List.of(url);
            case "GET elsewhere" -> List.of(url + "/elsewhere");
            case "POST" -> List.of("-H", message, "--data-binary", "@" + query, url);
            case "POST of text/plain" -> List.of("-H", "content-type: text/plain", "--data-binary", "@" + query, url);
            case "POST of a response" -> List.of("-H", message, "--data-binary", "@" + file("response"), url);
            case "POST too long" -> List.of("-H", message, "--data-binary", "@" + file("long"), url);
            case "PUT" -> List.of("-X", "PUT", url);
            default -> throw new IllegalArgumentException("no request " + request);
        };
    }

    private Path file(String name) {
        return folder.path().resolve(name);
    }

    private static String encoded(Path file) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException("no " + file, e);
        }
    }
}
