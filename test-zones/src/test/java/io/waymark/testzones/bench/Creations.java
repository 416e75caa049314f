package io.waymark.testzones.bench;

import io.waymark.testzones.peer.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// How long it takes from the API server's word that a Service exists until DNS answers for it.
/// Owns one socket.
final class Creations implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAMESPACE = "bench-0";
    private static final long PAUSE_NANOS = 100_000;
    private static int number;

    private final Api api;
    private final DatagramSocket socket;

    /// The server under test answers on 127.0.0.1 at `port`.
    Creations(Api api, int port) {
        this.api = api;
        try {
            socket = new DatagramSocket();
            socket.setSoTimeout(1000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException("no socket", e);
        }
    }

    /// Creates and deletes `count` Services, one after the other; milliseconds, sorted.
    List<Double> run(int count) {
        var took = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            var name = "made-" + ++number;
            api.createAll(List.of(service(name)));
            long start = System.nanoTime();
            while (!exists(name)) {
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    throw new IllegalStateException(name + " is not answered after " + LIMIT.toSeconds() + " s");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            took.add((System.nanoTime() - start) / 1e6);
            api.delete("/api/v1/namespaces/" + NAMESPACE + "/services/" + name);
        }
        took.sort(null);
        return took;
    }

    private static Map<String, Object> service(String name) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", name, "namespace", NAMESPACE),
                "spec",
                Map.of("ports", List.of(Map.of("port", 80))));
    }

    private boolean exists(String name) {
        try {
            byte[] question = question(name);
            socket.send(new DatagramPacket(question, question.length));
            var answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return (answer.getData()[3] & 15) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] question(String name) {
        var text = new StringBuilder("\0\1\1\0\0\1\0\0\0\0\0\0");
        for (var label : (name + "." + NAMESPACE + ".svc.cluster.local").split("\\.")) {
            text.append((char) label.length()).append(label);
        }
        return text.append("\0\0\1\0\1").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        socket.close();
    }
}
