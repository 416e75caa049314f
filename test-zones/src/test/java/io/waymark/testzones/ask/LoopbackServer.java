package io.waymark.testzones.ask;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// A name server for tests on one port of 127.0.0.1, over UDP and TCP; what it says is its [Script]'s.
/// Lifecycle: answering from the constructor to [#close].
public final class LoopbackServer implements AutoCloseable {
    private static final int QUERY_OCTETS_MAX = 4096;

    private final Script script;
    private final DatagramSocket udp;
    private final ServerSocket tcp;

    /// What is sent back for a query: any number of replies, none for silence.
    @FunctionalInterface
    public interface Script {
        List<byte[]> replies(Message query, Protocol protocol) throws IOException;
    }

    /// How a query came.
    public enum Protocol {
        UDP,
        TCP
    }

    /// Binds the port and answers from threads of its own.
    public LoopbackServer(int port, Script script) {
        this.script = script;
        try {
            var loopback = InetAddress.getLoopbackAddress();
            tcp = new ServerSocket(port, 16, loopback);
            udp = new DatagramSocket(new InetSocketAddress(loopback, port));
        } catch (IOException e) {
            throw new UncheckedIOException("no server on port " + port, e);
        }
        Thread.ofVirtual().start(this::serve);
        Thread.ofVirtual().start(this::accept);
    }

    /// A reply to the query that says nothing yet: its ID, its question, QR, RA, and RD as it has it.
    public static Message replyTo(Message query) {
        var reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[QUERY_OCTETS_MAX], QUERY_OCTETS_MAX);
        while (!udp.isClosed()) {
            try {
                packet.setLength(QUERY_OCTETS_MAX);
                udp.receive(packet);
                var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                for (var reply : script.replies(query, Protocol.UDP)) {
                    udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or no DNS message: neither gets an answer.
            }
        }
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                var connection = tcp.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            var out = new DataOutputStream(connection.getOutputStream());
            while (true) {
                for (var reply : script.replies(new Message(in.readNBytes(in.readUnsignedShort())), Protocol.TCP)) {
                    out.writeShort(reply.length);
                    out.write(reply);
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a port stays open", e);
        }
    }
}
