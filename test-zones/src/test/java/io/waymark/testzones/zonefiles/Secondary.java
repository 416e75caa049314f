package io.waymark.testzones.zonefiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Type;

/// Hears that zones have changed (RFC 1996) and says so; it fetches none. Lifecycle: listening from the constructor
/// to [#close].
final class Secondary implements AutoCloseable {
    private final DatagramSocket udp;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Secondary() {
        try {
            udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    int port() {
        return udp.getLocalPort();
    }

    /// The messages so far: opcode, flags and question.
    List<String> heard() {
        return heard;
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[512], 512);
        while (!udp.isClosed()) {
            try {
                packet.setLength(512);
                udp.receive(packet);
                var message = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                var header = message.getHeader();
                heard.add(Opcode.string(header.getOpcode()) + (header.getFlag(Flags.AA) ? " aa " : " ")
                        + message.getQuestion().getName() + " "
                        + Type.string(message.getQuestion().getType()));
                header.setFlag(Flags.QR);
                var reply = message.toWire();
                udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or no DNS message: neither gets an answer.
            }
        }
    }

    @Override
    public void close() {
        udp.close();
    }
}
