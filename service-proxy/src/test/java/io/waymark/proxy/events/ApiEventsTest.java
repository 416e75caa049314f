package io.waymark.proxy.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.NamespacedName;
import io.waymark.source.kubernetes.KubernetesConfig;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiEventsTest {
    private static ProxyEvent event(int number) {
        return ProxyEvent.warning(
                ProxyEvent.Subject.service(new NamespacedName("shop", "web-" + number)), "Why", "Doing", "note");
    }

    private static ApiEvents events(int port) {
        return ApiEvents.start(
                KubernetesConfig.ofEndpoint(URI.create("http://127.0.0.1:" + port)),
                RequestLimits.NONE,
                "node-1",
                InstantSource.system());
    }

    @Test
    void whileTheServerIsAwayNobodyWaitsAndWhatIsTooMuchIsCounted() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var events = events(port)) {
            for (int i = 0; i < ApiEvents.WAITING_MAX + 500; i++) {
                events.record(event(i));
            }
            assertThat(events.dropped()).isBetween(498L, 500L);
        }
    }

    @Test
    void whatWaitsWhenItEndsIsToldBefore() throws Exception {
        var asked = new LinkedBlockingQueue<String>();
        try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, asked));
            try (var events = events(server.getLocalPort())) {
                events.record(event(1));
            }
            assertThat(asked.poll(20, TimeUnit.SECONDS))
                    .startsWith("POST /apis/events.k8s.io/v1/namespaces/shop/events HTTP/1.1");
        }
    }

    private static void answer(ServerSocket server, LinkedBlockingQueue<String> asked) {
        try (var socket = server.accept()) {
            var request = new byte[8192];
            int length = socket.getInputStream().read(request);
            asked.add(new String(request, 0, length, StandardCharsets.UTF_8));
            var reply = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
        } catch (IOException gone) {
            asked.add(gone.toString());
        }
    }
}
