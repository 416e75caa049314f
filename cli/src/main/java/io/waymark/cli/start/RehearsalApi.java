package io.waymark.cli.start;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// The little of a Kubernetes API server that a training run needs: lists of a small cluster in
/// protobuf, and watches in which nothing happens. On loopback, over TLS with a certificate of its own.
public final class RehearsalApi implements AutoCloseable {
    private static final int SERVICES = 300;
    private static final int ENDPOINTS_EACH = 10;
    private static final int CONNECTIONS_WAITING_MAX = 8;

    private final ServerSocket socket;
    private final String authority;

    private RehearsalApi(ServerSocket socket, String authority) {
        this.socket = socket;
        this.authority = authority;
    }

    /// @param identity what it shows to clients
    public static RehearsalApi open(RehearsalIdentity identity) throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var socket = identity.sockets().createServerSocket(0, CONNECTIONS_WAITING_MAX, loopback);
        var api = new RehearsalApi(socket, identity.authority());
        Thread.ofPlatform().daemon().name("rehearsal-api").start(api::accept);
        return api;
    }

    /// A kubeconfig that leads here.
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: u, user: {token: rehearsal}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(socket.getLocalPort(), authority);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofPlatform().daemon().name("rehearsal-api-client").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            var target = in.readLine();
            while (target != null) {
                var header = in.readLine();
                while (header != null && !header.isEmpty()) {
                    header = in.readLine();
                }
                answer(target, client.getOutputStream());
                target = in.readLine();
            }
        } catch (IOException closed) {
            // The client has what it wanted.
            return;
        }
    }

    private static void answer(String target, OutputStream out) throws IOException {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.kubernetes.protobuf\r\n";
        if (target.contains("watch=true")) {
            out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        } else {
            var body = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(body)) {
                gzip.write(list(target).octets());
            }
            out.write((head + "Content-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            body.writeTo(out);
        }
        out.flush();
    }

    /// The envelope of k8s.io/apimachinery's serializer: four octets, then `Unknown`.
    private static Fields list(String target) {
        var items = new Fields().with(1, new Fields().with(2, "1"));
        if (target.contains("/services?") || target.contains("/endpointslices?")) {
            for (int i = 0; i < SERVICES; i++) {
                items.with(2, target.contains("/services?") ? service(i) : slice(i));
            }
        } else {
            // A Namespace, a Node, or what else has no more than a name.
            items.with(2, new Fields().with(1, new Fields().with(1, "default").with(6, "1")));
        }
        var raw = new Fields().with(2, items);
        return new Fields().plain("k8s\0").plain(raw);
    }

    private static Fields metadata(String name) {
        return new Fields()
                .with(1, name)
                .with(3, "default")
                .with(5, "00000000-0000-4000-8000-000000000001")
                .with(6, "1");
    }

    private static String name(int i) {
        return i == 0 ? "kubernetes" : "service-" + i;
    }

    private static Fields port(int number) {
        return new Fields().with(1, "https").with(2, "TCP").number(3, number);
    }

    private static Fields service(int i) {
        var clusterIp = "10.96." + i / 250 + "." + (1 + i % 250);
        var spec = new Fields()
                .with(1, port(443))
                .with(3, clusterIp)
                .with(4, "ClusterIP")
                .with(18, clusterIp);
        return new Fields().with(1, metadata(name(i))).with(2, spec);
    }

    private static Fields slice(int i) {
        var label = new Fields().with(1, "kubernetes.io/service-name").with(2, name(i));
        var slice = new Fields().with(1, metadata(name(i) + "-x1").with(11, label));
        for (int k = 0; k < ENDPOINTS_EACH; k++) {
            var conditions = new Fields().number(1, 1).number(2, 1).number(3, 0);
            slice.with(
                    2,
                    new Fields()
                            .with(1, "10.244." + i % 250 + "." + k)
                            .with(2, conditions)
                            .with(6, "node-" + k));
        }
        return slice.with(3, port(6443)).with(4, "IPv4");
    }

    /// A protobuf message in the making.
    private static final class Fields {
        private static final int LENGTH_DELIMITED = 2;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        byte[] octets() {
            return out.toByteArray();
        }

        Fields plain(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Fields plain(Fields fields) {
            out.writeBytes(fields.octets());
            return this;
        }

        Fields with(int field, String text) {
            return with(field, new Fields().plain(text));
        }

        Fields with(int field, Fields message) {
            varint(field << 3 | LENGTH_DELIMITED);
            varint(message.out.size());
            return plain(message);
        }

        Fields number(int field, int value) {
            varint(field << 3);
            varint(value);
            return this;
        }

        private void varint(int value) {
            int rest = value;
            while (rest > 0x7f) {
                out.write(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
