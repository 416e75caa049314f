package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.listen.tls.TestCertificate;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.rr.RecordType;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A receiver written by hand after the descriptions of Frame Streams and dnstap.proto.
@Timeout(30)
class DnstapTest {
    @TempDir
    Path folder;

    @Test
    void aQueryAndItsReplyAreSentToWhoeverListens() throws Exception {
        var socket = UnixDomainSocketAddress.of(folder.resolve("tap.sock"));
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(socket);
            try (var server = start("""
                            who.test:0 {
                                bind 127.0.0.1
                                dnstap %s full {
                                    identity me
                                    version 1
                                    extra "{name}"
                                }
                                whoami
                            }
                            """.formatted(socket.getPath()));
                    var client = new Client(server);
                    var receiver = new Receiver(listener.accept())) {
                var query = Ask.query(7, "who.test.", RecordType.A);
                client.send(query);
                var reply = client.receive();

                var asked = receiver.next();
                assertThat(text(asked, 1)).isEqualTo("me");
                assertThat(text(asked, 2)).isEqualTo("1");
                assertThat(text(asked, 3)).isEqualTo("who.test.");
                assertThat(asked).containsEntry(15, 1L);
                var message = fields((byte[]) asked.get(14));
                assertThat(message).containsEntry(1, 5L).containsEntry(2, 1L).containsEntry(3, 1L);
                assertThat((byte[]) message.get(4)).containsExactly(127, 0, 0, 1);
                assertThat((byte[]) message.get(10)).isEqualTo(query);
                assertThat(message).containsKeys(6, 8, 9).doesNotContainKey(14);

                var replied = fields((byte[]) receiver.next().get(14));
                assertThat(replied).containsEntry(1, 6L).containsKeys(12, 13).doesNotContainKey(10);
                assertThat((byte[]) replied.get(14)).isEqualTo(reply);
                assertThat((Long) replied.get(12)).isGreaterThanOrEqualTo((Long) replied.get(8));
                assertThat(replied.get(6)).isEqualTo(message.get(6));
            }
        }
    }

    @Test
    void whatIsForwardedIsSentToo() throws Exception {
        var socket = UnixDomainSocketAddress.of(folder.resolve("tap.sock"));
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var upstream = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            listener.bind(socket);
            Thread.ofVirtual().start(() -> agree(upstream));
            try (var server = start("""
                            who.test:0 {
                                bind 127.0.0.1
                                dnstap %s full
                                forward . 127.0.0.1:%d
                            }
                            """.formatted(socket.getPath(), upstream.getLocalPort()));
                    var client = new Client(server);
                    var receiver = new Receiver(listener.accept())) {
                client.send(Ask.query(7, "who.test.", RecordType.A));
                client.receive();
                var byType = new TreeMap<Long, TreeMap<Integer, Object>>();
                for (int i = 0; i < 4; i++) {
                    var message = fields((byte[]) receiver.next().get(14));
                    byType.put((Long) message.get(1), message);
                }
                assertThat(byType).containsOnlyKeys(5L, 6L, 7L, 8L);
                var asked = byType.get(7L);
                assertThat((byte[]) asked.get(5)).containsExactly(127, 0, 0, 1);
                assertThat(asked).containsEntry(2, 1L).containsEntry(3, 1L);
                assertThat(asked).containsEntry(7, (long) upstream.getLocalPort());
                assertThat(asked).containsKeys(8, 9, 10).doesNotContainKeys(4, 6, 14);
                assertThat(byType.get(8L)).containsKeys(8, 9, 12, 13, 14).doesNotContainKey(10);
                assertThat(((byte[]) byType.get(8L).get(14))[2] & 0x80).isNotZero();
            }
        }
    }

    /// Sends the first query back as its own answer.
    private static void agree(DatagramSocket upstream) {
        try {
            var packet = new DatagramPacket(new byte[512], 512);
            upstream.receive(packet);
            packet.getData()[2] |= (byte) 0x80;
            upstream.send(packet);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    @Test
    void overTlsItIsSentToWhoeverHasACertificateOrToAnybodyIfThatIsWritten() throws Exception {
        var certificate = TestCertificate.make(folder, "receiver", "EC");
        try (var listener = TestCertificate.context(certificate, certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var corefile = """
                    who.test:0 {
                        bind 127.0.0.1
                        dnstap tls://127.0.0.1:%d {
                            %s
                        }
                        whoami
                    }
                    """;
            try (var strict = start(corefile.formatted(listener.getLocalPort(), "identity me"));
                    var refused = listener.accept()) {
                assertThat(strict.defects()).isZero();
                // The handshake fails: no authority of the JDK knows the certificate.
                assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SSLException.class);
            }
            try (var server = start(corefile.formatted(listener.getLocalPort(), "skipverify"));
                    var client = new Client(server);
                    var receiver = new Receiver(listener.accept())) {
                client.send(Ask.query(7, "who.test.", RecordType.A));
                client.receive();
                assertThat(fields((byte[]) receiver.next().get(14))).containsEntry(1, 5L);
            }
        }
    }

    @Test
    void queriesAreAnsweredThoughNobodyListens() throws Exception {
        try (var server = start("""
                        who.test:0 {
                            bind 127.0.0.1
                            dnstap %s
                            whoami
                        }
                        """.formatted(folder.resolve("nobody.sock")));
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(7, "who.test.", RecordType.A))).startsWith("NOERROR");
        }
    }

    @Test
    void whoeverConnectsIsTold() throws Exception {
        var socket = folder.resolve("own.sock");
        try (var server = start("""
                        who.test:0 {
                            bind 127.0.0.1
                            dnstap listen %s full {
                                identity me
                            }
                            whoami
                        }
                        """.formatted(socket));
                var client = new Client(server);
                var first = new Receiver(connected(socket))) {
            var query = Ask.query(7, "who.test.", RecordType.A);
            askUntilTold(client, query, first);
            try (var second = new Receiver(connected(socket))) {
                askUntilTold(client, query, second);
            }
            client.send(query);
            client.receive();
            assertThat(text(first.next(), 1)).isEqualTo("me");
            assertThat(server.defects()).isZero();
        }
        assertThat(socket).as("it goes with the server").doesNotExist();
    }

    /// A caller is told of what is asked from some moment after his greeting on.
    private static void askUntilTold(Client client, byte[] query, Receiver receiver) throws Exception {
        var told = new AtomicBoolean();
        var asking = CompletableFuture.runAsync(() -> {
            try {
                while (!told.get()) {
                    client.send(query);
                    client.receive();
                }
            } catch (IOException lost) {
                throw new UncheckedIOException(lost);
            }
        });
        assertThat((byte[]) fields((byte[]) receiver.next().get(14)).get(10)).isEqualTo(query);
        told.set(true);
        asking.join();
    }

    /// The server begins to listen a moment after it has started.
    private static SocketChannel connected(Path socket) throws IOException {
        var address = UnixDomainSocketAddress.of(socket);
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            try {
                return SocketChannel.open(address);
            } catch (IOException notYet) {
                assertThat(notYet).isNotNull();
            }
        }
        throw new AssertionError("nobody listens at " + socket);
    }

    @Test
    void whoeverConnectsOverTlsShowsACertificateIfAnAuthorityIsNamed() throws Exception {
        var ours = TestCertificate.make(folder, "ours", "EC");
        var theirs = TestCertificate.make(folder, "theirs", "EC");
        ours.write(folder.resolve("crt"), folder.resolve("key"));
        theirs.write(folder.resolve("ca"), folder.resolve("unused"));
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (var server =
                        start("""
                        who.test:0 {
                            bind 127.0.0.1
                            dnstap listen tls://127.0.0.1:%d {
                                tls %s %s %s
                            }
                            whoami
                        }
                        """.formatted(port, folder.resolve("crt"), folder.resolve("key"), folder.resolve("ca")));
                var client = new Client(server)) {
            var query = Ask.query(7, "who.test.", RecordType.A);
            try (var known = new Receiver(overTls(port, TestCertificate.context(theirs, ours)))) {
                client.send(query);
                client.receive();
                assertThat(known).isNotNull();
            }
            try (var unknown = overTls(port, TestCertificate.context(ours, ours))) {
                assertThatThrownBy(() -> new Receiver(unknown)).isInstanceOf(IOException.class);
            }
            assertThat(server.defects()).isZero();
        }
    }

    private static Socket overTls(int port, SSLContext context) {
        for (long end = System.nanoTime() + 10_000_000_000L; System.nanoTime() < end; Thread.onSpinWait()) {
            try {
                return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            } catch (IOException notYet) {
                assertThat(notYet).isNotNull();
            }
        }
        throw new AssertionError("nobody listens at " + port);
    }

    private static String text(TreeMap<Integer, Object> fields, int field) {
        return new String((byte[]) fields.get(field), StandardCharsets.UTF_8);
    }

    /// The other side of Frame Streams.
    private static final class Receiver implements AutoCloseable {
        private final Closeable connection;
        private final DataInputStream in;

        Receiver(SocketChannel channel) throws IOException {
            this(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }

        Receiver(Socket socket) throws IOException {
            this(socket, socket.getInputStream(), socket.getOutputStream());
        }

        private Receiver(Closeable connection, InputStream in, OutputStream out) throws IOException {
            this.connection = connection;
            this.in = new DataInputStream(in);
            assertThat(control()).isEqualTo(4);
            out.write(ByteBuffer.allocate(12).putInt(0).putInt(4).putInt(1).array());
            assertThat(control()).isEqualTo(2);
        }

        private int control() throws IOException {
            assertThat(in.readInt()).isZero();
            var frame = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            int type = frame.getInt();
            assertThat(frame.getInt()).isOne();
            var content = new byte[frame.getInt()];
            frame.get(content);
            assertThat(content).asString(StandardCharsets.US_ASCII).isEqualTo("protobuf:dnstap.Dnstap");
            return type;
        }

        TreeMap<Integer, Object> next() throws IOException {
            return fields(in.readNBytes(in.readInt()));
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /// By number: numbers as Long, octets as they are.
    private static TreeMap<Integer, Object> fields(byte[] message) {
        var fields = new TreeMap<Integer, Object>();
        var octets = ByteBuffer.wrap(message);
        while (octets.hasRemaining()) {
            long key = varint(octets);
            fields.put(
                    (int) (key >>> 3),
                    switch ((int) key & 7) {
                        case 0 -> varint(octets);
                        case 2 -> {
                            var value = new byte[(int) varint(octets)];
                            octets.get(value);
                            yield value;
                        }
                        case 5 -> (long) Integer.reverseBytes(octets.getInt());
                        default -> throw new AssertionError("field " + key);
                    });
        }
        return fields;
    }

    private static long varint(ByteBuffer octets) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = octets.get();
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }

    private static DnsServer start(String corefile) {
        ImportResolver none = (file, pattern) -> new ImportResolver.Resolution.Files(List.of());
        return switch (ServerPlan.read("Corefile", corefile, variable -> Optional.empty(), none, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(DnsServerConfig.of(
                        plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> new HandSource()));
            case PlanRead.Failed failed -> throw new AssertionError(failed.problems());
        };
    }
}
