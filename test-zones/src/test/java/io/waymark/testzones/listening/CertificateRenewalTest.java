package io.waymark.testzones.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Identity;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

/// A certificate that is renewed in a mounted Secret while `./waymark dns` serves over TLS and HTTPS.
class CertificateRenewalTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void newConnectionsSeeTheNewCertificateAndOldOnesGoOn() {
        try (var folder = new ScratchFolder("renewal")) {
            var first = Identity.in(folder.path(), "first");
            var second = Identity.in(folder.path(), "second");
            var third = Identity.in(folder.path(), "third");
            var secret = new Secret(folder.path().resolve("secret"), first);
            var zone = new ServedZone(folder.path(), secret.certificate(), secret.key());
            var context = TlsClient.believing(first, second, third);
            try (var waymark = DnsProcess.waymark(folder.path(), ServedZone.COREFILE, zone.environment(), List.of())
                            .awaitReady();
                    var old = new TlsClient(zone.tls(), context);
                    var oldHttp = client(context)) {
                assertThat(old.ask("www.test.")).isEqualTo("NOERROR");
                assertThat(shownOverHttps(oldHttp, zone)).isEqualTo(TlsClient.certificate(first));

                secret.replace(second.certificate(), second.key());
                awaitShown(second, zone, context, old);
                assertThat(old.shown()).isEqualTo(TlsClient.certificate(first));
                assertThat(old.ask("www.test.")).as("the old connection").isEqualTo("NOERROR");
                assertThat(shownOverHttps(oldHttp, zone))
                        .as("the old connection")
                        .isEqualTo(TlsClient.certificate(first));

                secret.replace(third.certificate(), second.key());
                awaitRefused(waymark, zone, old);
                try (var next = new TlsClient(zone.tls(), context)) {
                    assertThat(next.shown()).isEqualTo(TlsClient.certificate(second));
                    assertThat(next.ask("www.test.")).isEqualTo("NOERROR");
                }

                secret.replace(third.certificate(), third.key());
                awaitShown(third, zone, context, old);
                assertThat(refusals(waymark, "tls://")).as("told once").isEqualTo(1);
            }
        }
    }

    /// Asks on over the old connection, which would otherwise end for having been idle.
    private static void awaitShown(Identity expected, ServedZone zone, SSLContext context, TlsClient old) {
        Await.until(expected.certificate() + " is shown", SOON, () -> {
            try (var next = new TlsClient(zone.tls(), context);
                    var http = client(context)) {
                return old.ask("www.test.").equals("NOERROR")
                        && next.shown().equals(TlsClient.certificate(expected))
                        && shownOverHttps(http, zone).equals(TlsClient.certificate(expected));
            }
        });
    }

    private static void awaitRefused(DnsProcess waymark, ServedZone zone, TlsClient old) {
        Await.until(
                "both listeners tell that the key is not the certificate's",
                SOON,
                () -> old.ask("www.test.").equals("NOERROR")
                        && refusals(waymark, "tls://") == 1
                        && refusals(waymark, "https://") == 1,
                waymark.program()::logEnd);
    }

    private static long refusals(DnsProcess waymark, String listener) {
        return waymark.program()
                .log()
                .lines()
                .filter(line -> line.contains("WARN") && line.contains(" " + listener))
                .filter(line -> line.contains("the key is not the certificate's")
                        && line.endsWith("the certificate of before is used on"))
                .count();
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(SOON)
                .build();
    }

    /// The certificate of the connection that a query went over.
    private static X509Certificate shownOverHttps(HttpClient client, ServedZone zone) {
        try {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + zone.https() + "/dns-query"))
                    .header("content-type", "application/dns-message")
                    .timeout(SOON)
                    .POST(BodyPublishers.ofByteArray(TlsClient.query("www.test.")))
                    .build();
            var response = client.send(request, BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
            return (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new AssertionError("no certificate was shown", e);
        } catch (IOException e) {
            throw new AssertionError("no response over HTTPS", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
