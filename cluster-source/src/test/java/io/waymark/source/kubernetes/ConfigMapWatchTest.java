package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waymark.source.kubernetes.http.Patience;
import io.waymark.source.kubernetes.pace.Timing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One ConfigMap, off a server whose every reply the test says.
@Timeout(60)
class ConfigMapWatchTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Timing FAST = new Timing(
            Duration.ofSeconds(2),
            new Patience(SILENCE, Duration.ofSeconds(5)),
            new Patience(SILENCE, SILENCE),
            new Patience(SILENCE, SILENCE),
            Duration.ofMinutes(5),
            Duration.ofMillis(2),
            Duration.ofMillis(50),
            Duration.ofHours(1));
    private static final String NONE = "{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[]}";

    private final BlockingQueue<HttpExchange> asked = new ArrayBlockingQueue<>(100);
    private final BlockingQueue<String> changes = new ArrayBlockingQueue<>(100);
    private final Lines log = new Lines();
    private HttpServer server;
    private ConfigMapWatch watch;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", asked::add);
        server.start();
        var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        watch = new ConfigMapWatch(KubernetesConfig.ofEndpoint(uri), "kube-system", "kube-dns", FAST, log);
        watch.onChange(() -> {
            try {
                changes.add(watch.read().toString());
            } catch (IOException impossible) {
                changes.add(impossible.toString());
            }
        });
    }

    @AfterEach
    void close() {
        watch.close();
        server.stop(0);
    }

    private HttpExchange next(String expected) throws InterruptedException {
        var request = asked.poll(20, TimeUnit.SECONDS);
        assertThat(request).as(expected).isNotNull();
        assertThat(request.getRequestURI().toString())
                .startsWith("/api/v1/namespaces/kube-system/configmaps?fieldSelector=metadata.name%3Dkube-dns")
                .matches(".*" + expected + ".*");
        return request;
    }

    private HttpExchange nextList() throws InterruptedException {
        var request = next("");
        assertThat(request.getRequestURI().toString()).doesNotContain("watch");
        return request;
    }

    private static void reply(HttpExchange request, int status, String body) throws IOException {
        var octets = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(status, octets.length);
        request.getResponseBody().write(octets);
        request.close();
    }

    private static void line(HttpExchange watching, String type, String object) throws IOException {
        watching.getResponseBody()
                .write(("{\"type\":\"" + type + "\",\"object\":" + object + "}\n").getBytes(StandardCharsets.UTF_8));
        watching.getResponseBody().flush();
    }

    private static String configMap(String data) {
        return "{\"metadata\":{\"name\":\"kube-dns\",\"resourceVersion\":\"9\"},\"data\":" + data + "}";
    }

    private static String list(String data) {
        return "{\"metadata\":{\"resourceVersion\":\"8\"},\"items\":[" + configMap(data) + "]}";
    }

    private String nextChange() throws InterruptedException {
        var change = changes.poll(20, TimeUnit.SECONDS);
        assertThat(change).as("a change is told").isNotNull();
        return change;
    }

    @Test
    void whatIsListedCountsAndEachChangeIsToldAndOneThatIsNoneIsNot() throws Exception {
        reply(nextList(), 200, list("{\"stubDomains\":\"{}\"}"));
        var watching = next("watch=true.*resourceVersion=8");
        assertThat(watch.read()).isEqualTo(Map.of("stubDomains", "{}"));
        changes.clear();
        watching.sendResponseHeaders(200, 0);
        line(watching, "BOOKMARK", configMap("null"));
        line(watching, "MODIFIED", configMap("{\"stubDomains\":\"{}\"}"));
        line(watching, "MODIFIED", configMap("{\"a\":\"ä\"}"));
        assertThat(nextChange()).isEqualTo("{a=ä}");
        line(watching, "DELETED", configMap("{\"a\":\"ä\"}"));
        assertThat(nextChange()).isEqualTo("{}");
        line(watching, "ADDED", configMap("{\"b\":\"1\"}"));
        assertThat(nextChange()).isEqualTo("{b=1}");
        assertThat(changes).isEmpty();
        watching.close();
    }

    @Test
    void afterWhateverEndsAWatchItIsListedAgain() throws Exception {
        reply(nextList(), 200, NONE);
        assertThat(nextChange()).as("there is none").isEqualTo("{}");
        var expired = next("watch=true.*resourceVersion=7");
        expired.sendResponseHeaders(200, 0);
        line(expired, "ERROR", "{\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}");
        reply(nextList(), 200, list("{\"a\":\"1\"}"));
        assertThat(nextChange()).as("what was missed").isEqualTo("{a=1}");
        var nonsense = next("watch=true");
        nonsense.sendResponseHeaders(200, 0);
        nonsense.getResponseBody().write("no event\n".getBytes(StandardCharsets.UTF_8));
        nonsense.getResponseBody().flush();
        reply(nextList(), 500, "");
        assertThat(watch.read()).as("what it said last counts on").isEqualTo(Map.of("a", "1"));
        reply(nextList(), 200, list("{\"a\":\"2\"}"));
        assertThat(nextChange()).isEqualTo("{a=2}");
        next("watch=true").sendResponseHeaders(200, 0);
        expired.close();
        nonsense.close();
    }

    @Test
    void whoMayNotReadItIsToldWhatHeMustBeAllowed() throws Exception {
        reply(
                nextList(),
                403,
                "{\"kind\":\"Status\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"configmaps is forbidden\"}");
        assertThatThrownBy(() -> watch.read())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "403 Forbidden: configmaps is forbidden (a Role bound to this user must allow list and watch"
                                + " of this ConfigMap)");
        reply(nextList(), 200, list("{\"a\":\"1\"}"));
        assertThat(nextChange()).isEqualTo("{a=1}");
    }

    @Test
    void aNameThatNoObjectCanHaveIsRefused() {
        assertThatThrownBy(() -> new ConfigMapWatch(
                        KubernetesConfig.ofEndpoint(URI.create("http://127.0.0.1:1")), "kube-system", "a/../b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"a/../b\" is no name of a Kubernetes object");
    }
}
