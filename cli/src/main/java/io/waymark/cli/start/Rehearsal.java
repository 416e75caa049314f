package io.waymark.cli.start;

import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// What a training run does that a start would do: questions, a greeting over TLS, classes.
public final class Rehearsal {
    private static final int HEADER_OCTETS = 12;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int FIRST_ANSWER_MILLIS = 50;
    private static final int FIRST_ANSWER_ATTEMPTS = 200;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int RECURSION_DESIRED = 0x0100;

    private record Asked(String name, int type) {}

    /// Addresses, ports, a name for an address, and what a search list makes of a name.
    private static final List<Asked> QUESTIONS = List.of(
            new Asked("kubernetes.default.svc.cluster.local.", 1),
            new Asked("kubernetes.default.svc.cluster.local.", 28),
            new Asked("_https._tcp.kubernetes.default.svc.cluster.local.", 33),
            new Asked("1.0.96.10.in-addr.arpa.", 12),
            new Asked("nobody.default.svc.cluster.local.", 1),
            new Asked("example.com.default.svc.cluster.local.", 1),
            new Asked("10-244-0-1.default.pod.cluster.local.", 1),
            new Asked("cluster.local.", 6));

    private Rehearsal() {}

    /// Asks until the server answers for the first time, while it is still `alive`.
    /// @return false if it ended before that, or did not answer within ten seconds
    public static boolean awaitAnswer(int port, BooleanSupplier alive) throws IOException {
        var octets = query(QUESTIONS.getFirst());
        var answer = new DatagramPacket(new byte[1_232], 1_232);
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(FIRST_ANSWER_MILLIS);
            int left = FIRST_ANSWER_ATTEMPTS;
            while (left > 0 && alive.getAsBoolean()) {
                socket.send(new DatagramPacket(octets, octets.length, loopback(), port));
                try {
                    socket.receive(answer);
                    return true;
                } catch (SocketTimeoutException notYet) {
                    left--;
                }
            }
        }
        return false;
    }

    /// Asks every question over UDP, `rounds` times, and once over TCP. A lost answer is no matter.
    public static void ask(int port, int rounds) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var answer = new DatagramPacket(new byte[1_232], 1_232);
            for (int round = 0; round < rounds; round++) {
                for (var question : QUESTIONS) {
                    var octets = query(question);
                    socket.send(new DatagramPacket(octets, octets.length, loopback(), port));
                    socket.receive(answer);
                }
            }
        } catch (SocketTimeoutException lost) {
            return;
        }
        try (var connection = new Socket(loopback(), port)) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            var octets = query(QUESTIONS.getFirst());
            var framed = ByteBuffer.allocate(2 + octets.length)
                    .putShort((short) octets.length)
                    .put(octets);
            connection.getOutputStream().write(framed.array());
            connection.getInputStream().readNBytes(HEADER_OCTETS);
        }
    }

    /// Asks for one name over UDP; what it says is no matter.
    public static void ask(int port, String name) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var octets = query(new Asked(name, 1));
            socket.send(new DatagramPacket(octets, octets.length, loopback(), port));
            socket.receive(new DatagramPacket(new byte[1_232], 1_232));
        } catch (SocketTimeoutException lost) {
            return;
        }
    }

    /// Asks for a page until it says `what`, while its server is still `alive`.
    /// @return false if that ended, or the page did not say so within ten seconds
    public static boolean awaitPage(int port, String path, String what, BooleanSupplier alive) {
        for (int left = FIRST_ANSWER_ATTEMPTS; left > 0 && alive.getAsBoolean(); left--) {
            if (page(port, path).contains(what)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private static String page(int port, String path) {
        try (var connection = new Socket(loopback(), port)) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            var request = "GET " + path + " HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n\r\n";
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException notYet) {
            return "";
        }
    }

    /// Asks a probe as the kubelet does; what it says is no matter.
    public static void probe(int port) throws IOException {
        try (var connection = new Socket(loopback(), port)) {
            connection.setSoTimeout(TIMEOUT_MILLIS);
            var request = "GET / HTTP/1.1\r\nHost: rehearsal\r\nConnection: close\r\n\r\n";
            connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readNBytes(HEADER_OCTETS);
        }
    }

    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static byte[] query(Asked question) {
        var name = DomainName.of(question.name());
        var octets = new byte[HEADER_OCTETS + name.length() + 4];
        ByteBuffer.wrap(octets)
                .putShort((short) 1)
                .putShort((short) RECURSION_DESIRED)
                .putShort((short) 1)
                .position(name.copyTo(octets, HEADER_OCTETS))
                .putShort((short) question.type())
                .putShort((short) 1);
        return octets;
    }

    /// Makes the first message of a TLS client, with the one key that an API server is sent, which takes most of the
    /// classes of a handshake.
    static void hello(SSLContext context) throws SSLException {
        var engine = context.createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setNamedGroups(new String[] {"x25519"});
        engine.setSSLParameters(parameters);
        engine.beginHandshake();
        engine.wrap(
                ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
    }

    /// Loads every class of the jar that `witness` comes from, without running their initialisers.
    public static void load(Class<?> witness) throws IOException {
        for (var name : classesBeside(witness)) {
            try {
                Class.forName(name, false, witness.getClassLoader());
            } catch (ClassNotFoundException | LinkageError unfit) {
                throw new IllegalStateException("a class of our own jar does not load: " + name, unfit);
            }
        }
    }

    private static List<String> classesBeside(Class<?> witness) throws IOException {
        var source = witness.getProtectionDomain().getCodeSource();
        if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
            return List.of();
        }
        try (var jar = new JarFile(Path.of(source.getLocation().toURI()).toFile())) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        } catch (URISyntaxException impossible) {
            throw new UncheckedIOException(new IOException("a class path entry is a URI", impossible));
        }
    }
}
