package io.waymark.dns.plugin.forward;

import io.waymark.dns.pipeline.Ask;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A DNS server on loopback that does to a query what its script says: any number of packets over
/// UDP, at most one reply over TCP before it closes the connection. Keeps what it was asked.
public final class ScriptedUpstream implements AutoCloseable {
    /// The packets to send for a query.
    @FunctionalInterface
    public interface Script {
        /// Says nothing.
        Script SILENT = query -> List.of();
        /// Replies with one address.
        Script ANSWERING = query -> List.of(reply(query, 0));

        List<byte[]> replies(byte[] query) throws Exception;
    }

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final BlockingQueue<byte[]> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ports = new LinkedBlockingQueue<>();

    private volatile String client = "";

    /// Listens at a free port.
    public ScriptedUpstream(Script overUdp, Script overTcp) throws IOException {
        var loopback = InetAddress.ofLiteral("127.0.0.1");
        this.tcp = new ServerSocket(0, 50, loopback);
        this.udp = new DatagramSocket(new InetSocketAddress(loopback, tcp.getLocalPort()));
        start(() -> serveUdp(overUdp));
        start(() -> serveTcp(overTcp));
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    public int port() {
        return udp.getLocalPort();
    }

    /// The next query it was asked, in octets; waits for it.
    public byte[] nextAsked() throws InterruptedException {
        var query = asked.poll(10, TimeUnit.SECONDS);
        if (query == null) {
            throw new AssertionError("nobody asked");
        }
        return query;
    }

    /// How many queries it was asked that nobody took with [#nextAsked].
    public int askedCount() {
        return asked.size();
    }

    /// The port that the next UDP query came from.
    public int nextPort() throws InterruptedException {
        return Optional.ofNullable(ports.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    /// A reply with `192.0.2.1` and further flags.
    public static byte[] reply(byte[] query, int flags) {
        var asked = Ask.parse(query);
        var question = asked.questions().getFirst();
        var record = new ResourceRecord(question.name(), 1, 30, RecordData.address(IpAddress.of("192.0.2.1")));
        return MessageComposer.compose(
                new Message(
                        new Header(asked.header().id(), Header.QR | Header.RD | Header.RA | flags),
                        Rcode.NOERROR,
                        asked.questions(),
                        List.of(record),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                Message.OCTETS_MAX);
    }

    /// A reply of 65,535 octets, the rest of one record of a private type.
    public static byte[] longest(byte[] query) {
        var head = reply(query, 0);
        var whole = Arrays.copyOf(head, Message.OCTETS_MAX);
        whole[11] = 1; // one additional record, owned by the root
        int rdata = whole.length - head.length - 11;
        whole[head.length + 1] = (byte) 0xff;
        whole[head.length + 2] = 1;
        whole[head.length + 4] = 1;
        whole[head.length + 9] = (byte) (rdata >>> 8);
        whole[head.length + 10] = (byte) rdata;
        return whole;
    }

    /// The address that the last query came from.
    public String lastClient() {
        return client;
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "scripted-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp(Script script) {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!udp.isClosed()) {
            try {
                packet.setLength(65_535);
                udp.receive(packet);
                var query = Arrays.copyOf(packet.getData(), packet.getLength());
                ports.add(packet.getPort());
                client = packet.getAddress().getHostAddress();
                asked.add(query);
                for (var reply : script.replies(query)) {
                    udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (Exception closed) {
                // The loop's condition ends it; a script that fails says nothing.
            }
        }
    }

    private void serveTcp(Script script) {
        while (!tcp.isClosed()) {
            try (var socket = tcp.accept()) {
                var in = new DataInputStream(socket.getInputStream());
                var query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                asked.add(query);
                client = socket.getInetAddress().getHostAddress();
                var out = new DataOutputStream(socket.getOutputStream());
                for (var reply : script.replies(query)) {
                    out.writeShort(reply.length);
                    out.write(reply);
                }
            } catch (Exception closed) {
                // As above.
            }
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
