package io.waymark.source.kubernetes;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.source.kubernetes.protobuf.Wire;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/// An API server on loopback that says what an [ApiWorld] holds, over real sockets, and fails as its
/// [Faults] say.
final class ScriptedApi implements AutoCloseable {
    private static final long BOOKMARK_EVERY_MILLIS = 50;

    private final ApiWorld world;
    private final Faults faults;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private static final String NAME = "metadata.name=";

    private final Set<ResourceKind> absent = ConcurrentHashMap.newKeySet();
    private volatile String token = "";
    private volatile ServerSocket listening;

    /// What goes wrong; asked at each chance.
    interface Faults {
        Faults NONE = moment -> false;

        boolean strikes(Fault fault);
    }

    /// What can go wrong.
    enum Fault {
        /// The connection is closed before there is a reply.
        HANG_UP,
        /// 503 with a Status.
        OVERLOADED,
        /// The list ends after half of its octets.
        LIST_CUT,
        /// The list is not protobuf.
        LIST_GARBAGE,
        /// The list stops coming, and the connection stays.
        LIST_STALLS,
        /// A frame ends in its middle.
        FRAME_CUT,
        /// A frame of random octets.
        FRAME_GARBAGE,
        /// An event comes twice.
        FRAME_TWICE,
        /// An ERROR frame with status 500.
        FRAME_ERROR,
        /// The watch stays open and says nothing more, no bookmark either.
        WATCH_SILENT,
        /// The server ends the watch in order.
        WATCH_ENDS,
        /// History is compacted, so that the next watch is 410 Gone.
        COMPACTED
    }

    ScriptedApi(ApiWorld world, Faults faults) throws IOException {
        this.world = world;
        this.faults = faults;
        this.listening = bind(0);
        this.port = listening.getLocalPort();
        accept(listening);
    }

    private static ServerSocket bind(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Request targets in the order in which they came.
    List<String> requests() {
        return requests;
    }

    /// From now on requests without this bearer token are 401; empty lets all in.
    void accept(String onlyToken) {
        token = onlyToken;
    }

    /// From now on requests for this kind are 404, as long as its definition is not installed.
    void uninstall(ResourceKind kind) {
        absent.add(kind);
    }

    void install(ResourceKind kind) {
        absent.remove(kind);
    }

    /// Cuts every connection, and takes no new one until [#restart].
    void stop() throws IOException {
        listening.close();
        cutAll();
    }

    void restart() throws IOException {
        listening = bind(port);
        accept(listening);
    }

    void cutAll() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var socket = from.accept();
                    open.add(socket);
                    if (from.isClosed()) {
                        // Stopped between the two lines above: the stop did not see this one.
                        socket.close();
                    }
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException stopped) {
                // Stopped by the test, which knows it.
                return;
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var authorization = "";
                for (var field = in.readLine(); field != null && !field.isEmpty(); field = in.readLine()) {
                    if (field.startsWith("Authorization: ")) {
                        authorization = field.substring("Authorization: ".length());
                    }
                }
                answer(line.split(" ")[1], authorization, socket.getOutputStream());
            }
        } catch (IOException | UncheckedIOException cut) {
            // Cut by the client or by a fault: the test looks at what comes of it.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void answer(String target, String authorization, OutputStream out)
            throws IOException, InterruptedException {
        requests.add(target);
        var question = target.indexOf('?');
        var path = target.substring(0, question);
        var kind = Arrays.stream(ResourceKind.values())
                .filter(each -> path.endsWith("/" + each.resource()))
                .findFirst()
                .orElseThrow();
        var query = new HashMap<String, String>();
        for (var pair : target.substring(question + 1).split("&")) {
            query.put(pair.split("=")[0], pair.substring(pair.indexOf('=') + 1));
        }
        if (!token.isEmpty() && !authorization.equals("Bearer " + token)) {
            refuse(401, "Unauthorized", out);
        } else if (absent.contains(kind)) {
            refuse(404, "NotFound", out);
        } else if (faults.strikes(Fault.HANG_UP)) {
            throw new IOException("hung up");
        } else if (faults.strikes(Fault.OVERLOADED)) {
            refuse(503, "ServiceUnavailable", out);
        } else if (query.containsKey("watch")) {
            watch(kind, Long.parseLong(query.get("resourceVersion")), selection(query), out);
        } else {
            list(kind, selection(query), out);
        }
    }

    private static Selection selection(Map<String, String> query) {
        var text = decoded(query, "labelSelector");
        var fields = decoded(query, "fieldSelector");
        return new Selection(
                text.isEmpty() ? LabelSelector.ALL : LabelSelector.parse(text).orElseThrow(),
                fields.startsWith(NAME) ? fields.substring(NAME.length()) : "");
    }

    private static String decoded(Map<String, String> query, String key) {
        return URLDecoder.decode(query.getOrDefault(key, ""), StandardCharsets.UTF_8);
    }

    private static void refuse(int code, String reason, OutputStream out) throws IOException {
        var body = Wire.envelope(Wire.status(code, reason, "by script"));
        head(out, code + " " + reason, "Content-Length: " + body.length);
        out.write(body);
    }

    private static void head(OutputStream out, String status, String... fields) throws IOException {
        var head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void list(ResourceKind kind, Selection selection, OutputStream out)
            throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        synchronized (world) {
            try (var gzip = new GZIPOutputStream(body)) {
                var objects = world.list(kind, selection);
                gzip.write(
                        kind == ResourceKind.SERVICE_IMPORTS
                                ? ImportJson.list(world.version(), objects)
                                : Wire.list(world.version(), objects));
            }
        }
        var octets = body.toByteArray();
        if (faults.strikes(Fault.LIST_GARBAGE)) {
            Arrays.fill(octets, octets.length / 2, octets.length, (byte) 'x');
        }
        head(out, "200 OK", "Transfer-Encoding: chunked", "Content-Encoding: gzip");
        int half = octets.length / 2;
        chunk(out, Arrays.copyOf(octets, half));
        if (faults.strikes(Fault.LIST_CUT)) {
            throw new IOException("cut");
        }
        if (faults.strikes(Fault.LIST_STALLS)) {
            new CountDownLatch(1).await(3, TimeUnit.SECONDS);
            throw new IOException("stalled");
        }
        chunk(out, Arrays.copyOfRange(octets, half, octets.length));
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void chunk(OutputStream out, byte[] octets) throws IOException {
        if (octets.length > 0) {
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes((Integer.toHexString(octets.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            chunk.writeBytes(octets);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.write(chunk.toByteArray());
        }
    }

    private void watch(ResourceKind kind, long since, Selection selection, OutputStream out)
            throws IOException, InterruptedException {
        long from = since;
        head(out, "200 OK", "Transfer-Encoding: chunked");
        while (true) {
            if (faults.strikes(Fault.COMPACTED)) {
                world.compact();
            }
            if (world.isGone(from)) {
                chunk(out, frame(kind, "ERROR", Wire.status(410, "Expired", "too old resource version")));
                break;
            }
            if (faults.strikes(Fault.WATCH_ENDS)) {
                break;
            }
            if (faults.strikes(Fault.WATCH_SILENT)) {
                new CountDownLatch(1).await(3, TimeUnit.SECONDS);
                throw new IOException("silent");
            }
            long upTo = world.version();
            var events = world.after(kind, from, BOOKMARK_EVERY_MILLIS);
            for (var event : events) {
                var type = event.typeFor(selection);
                if (type.isPresent()) {
                    event(frame(kind, type.get(), event.object()), out);
                }
                from = event.version();
            }
            if (events.isEmpty() && !world.isGone(from)) {
                from = Math.max(from, upTo);
                chunk(out, frame(kind, "BOOKMARK", bookmark(from)));
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] frame(ResourceKind kind, String type, Message object) {
        return kind == ResourceKind.SERVICE_IMPORTS ? ImportJson.line(type, object) : Wire.frame(type, object);
    }

    private void event(byte[] frame, OutputStream out) throws IOException {
        if (faults.strikes(Fault.FRAME_ERROR)) {
            chunk(out, Wire.frame("ERROR", Wire.status(500, "InternalError", "by script")));
        }
        if (faults.strikes(Fault.FRAME_GARBAGE)) {
            var garbage = frame.clone();
            Arrays.fill(garbage, 4, garbage.length, (byte) 0xff);
            chunk(out, garbage);
        }
        if (faults.strikes(Fault.FRAME_CUT)) {
            chunk(out, Arrays.copyOf(frame, frame.length / 2));
            throw new IOException("cut");
        }
        chunk(out, frame);
        if (faults.strikes(Fault.FRAME_TWICE)) {
            chunk(out, frame);
        }
    }

    private static V1.Namespace bookmark(long version) {
        return V1.Namespace.newBuilder()
                .setMetadata(Meta.ObjectMeta.newBuilder().setResourceVersion(Long.toString(version)))
                .build();
    }
}
