package io.waymark.source.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 9112, as far as a list and a watch need it, over a real socket.
@Timeout(30)
class HttpReplyTest {
    private static final Patience SHORT = new Patience(Duration.ofMillis(200), Duration.ofMillis(500));

    /// What a client is to do with the connection.
    private interface Use {
        void of(HttpConnection connection) throws IOException;
    }

    /// Serves these octets, one piece per write, to one connection and closes it, or leaves it open.
    private static void served(boolean closing, String text, Use use) throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var done = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                try (var socket = listening.accept()) {
                    for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
                        socket.getOutputStream().write(octet);
                    }
                    if (!closing) {
                        done.await();
                    }
                } catch (IOException | InterruptedException gone) {
                    Thread.currentThread().interrupt();
                }
            });
            var server = new ApiServer(
                    Location.of(URI.create("http://127.0.0.1:" + listening.getLocalPort())),
                    new Trust.PublicAuthorities(),
                    "",
                    new Identity.Anonymous(),
                    new Credential.None());
            try (server;
                    var connection = server.open(Duration.ofSeconds(5))) {
                use.of(connection);
            } finally {
                done.countDown();
            }
        }
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest(name = "{0} has the body {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhello                                     | hello | length
            HTTP/1.1 200 OK\\r\\ncontent-length:5\\r\\n\\r\\nhello                                      | hello | names have no case
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhe\\r\\n3\\r\\nllo\\r\\n0\\r\\n\\r\\n | hello | chunks
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5;x=y\\r\\nhello\\r\\n0\\r\\nT: v\\r\\n\\r\\n | hello | chunk extension and trailer
            HTTP/1.1 200 OK\\n\\nhello                                                               | hello | up to the end of the connection
            HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n                                          | ``    | empty
            """)
    void bodies(String reply, String body, String because) throws Exception {
        served(true, unescaped(reply), connection -> {
            var received = connection.receive(SHORT);
            assertThat(received.status()).isEqualTo(200);
            assertThat(new String(received.body().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .as(because)
                    .isEqualTo(body);
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhel                          | closed within a reply
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhel             | closed within a reply
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n                      | closed within a reply's head
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n               | a chunk's size is "zz"
            HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n               | a chunk's size is "-1"
            HTTP/1.1 200 OK\\r\\nContent-Length: -5\\r\\n\\r\\n                            | content-length is "-5"
            HTTP/1.1 200 OK\\r\\nno colon\\r\\n\\r\\n                                       | no colon
            SSH-2.0-OpenSSH\\r\\n                                                        | is this the API server, and is it https?
            """)
    void malformedReplies(String reply, String why) throws Exception {
        served(
                true,
                unescaped(reply),
                connection -> assertThatThrownBy(
                                () -> connection.receive(SHORT).body().readAllBytes())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(why));
    }

    @Test
    void aConnectionCarriesTheNextReplyOnceABodyIsRead() throws Exception {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\n\r\n";
        served(false, chunked + chunked, connection -> {
            for (int i = 0; i < 2; i++) {
                var reply = connection.receive(SHORT);
                assertThat(reply.body().readNBytes(2)).hasSize(2);
                assertThat(connection.finish(reply)).isTrue();
            }
        });
    }

    @Test
    void aReplyThatAnnouncesTheEndOfTheConnectionIsTheLast() throws Exception {
        served(false, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", connection -> {
            assertThat(connection.finish(connection.receive(SHORT))).isFalse();
        });
    }

    @Test
    void silenceWithinAReplyIsAnErrorAfterTheIdleLimit() throws Exception {
        served(false, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", connection -> {
            var reply = connection.receive(SHORT);
            assertThatThrownBy(() -> reply.body().readAllBytes())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageStartingWith("nothing came for ");
        });
    }

    @Test
    void aHeadWithoutEndIsRefused() throws Exception {
        served(
                false,
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(200),
                connection -> assertThatThrownBy(() -> connection.receive(SHORT))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("malformed HTTP"));
        served(
                false,
                "x".repeat(9000),
                connection -> assertThatThrownBy(() -> connection.receive(SHORT))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("more than 8192 octets"));
    }

    @Test
    void closingTheServerEndsARead() throws Exception {
        served(false, "", connection -> {
            var ended = new CountDownLatch(1);
            var reading = Thread.ofPlatform().start(() -> {
                try {
                    connection.receive(new Patience(Duration.ofMinutes(5), Duration.ofMinutes(5)));
                } catch (IOException closed) {
                    ended.countDown();
                }
            });
            connection.close();
            try {
                reading.join();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            assertThat(ended.getCount()).isZero();
        });
    }
}
