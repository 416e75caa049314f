package io.waymark.testzones.caching;

import java.io.ByteArrayInputStream;
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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/// An upstream over UDP and TCP that tells a story for each first label: one reply after the other, the last
/// again and again. A reply is `RCODE aa ad / answer / authority / additional`, records as in a zone file, parted
/// by `;`, where `@` is the name asked for. Lifecycle: answering from the constructor to [#close].
final class TellingServer implements AutoCloseable {
    private final Map<String, List<String>> stories;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    TellingServer(int port, Map<String, List<String>> stories) {
        this.stories = stories;
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

    /// How often it was asked for a name.
    int asked(String name) {
        return asked.getOrDefault(name, 0);
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!udp.isClosed()) {
            try {
                packet.setLength(4096);
                udp.receive(packet);
                var reply = reply(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
                udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
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
                var reply = reply(new Message(in.readNBytes(in.readUnsignedShort())));
                out.writeShort(reply.length);
                out.write(reply);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private byte[] reply(Message query) throws IOException {
        var name = query.getQuestion().getName();
        int time = asked.merge(name.toString().toLowerCase(Locale.ROOT), 1, Integer::sum);
        var story = stories.getOrDefault(name.getLabelString(0).toLowerCase(Locale.ROOT), List.of("REFUSED"));
        var parts = story.get(Math.min(time, story.size()) - 1).split("/");
        var reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        var head = parts[0].strip().split(" ");
        reply.getHeader().setRcode(Rcode.value(head[0]));
        for (var flag : Arrays.copyOfRange(head, 1, head.length)) {
            reply.getHeader().setFlag(Flags.value(flag));
        }
        for (int section = 1; section < parts.length; section++) {
            add(reply, section, parts[section].replace("@", name.toString()));
        }
        return reply.toWire();
    }

    private static void add(Message reply, int section, String text) throws IOException {
        var lines = text.strip().replaceAll("\\s*;\\s*", "\n") + "\n";
        try (var records = new Master(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII)))) {
            for (var record = records.nextRecord(); record != null; record = records.nextRecord()) {
                reply.addRecord(record, section);
            }
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
