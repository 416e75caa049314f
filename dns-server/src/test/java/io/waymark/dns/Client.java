package io.waymark.dns;

import io.waymark.dns.pipeline.Ask;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/// A client on loopback: one UDP socket, TCP connections on demand. Waits five seconds at most.
final class Client implements AutoCloseable {
    private static final int MILLIS_MAX = 5_000;

    private final DatagramSocket socket;
    private final int port;

    Client(DnsServer server) throws IOException {
        this(server.addresses().getFirst().port());
    }

    Client(int port) throws IOException {
        this.port = port;
        this.socket = new DatagramSocket();
        socket.connect(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(MILLIS_MAX);
    }

    void send(byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
    }

    byte[] receive() throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /// The reply over UDP as [Ask#text] writes it.
    String udp(byte[] query) throws IOException {
        send(query);
        return Ask.text(receive());
    }

    /// The reply over a connection of its own.
    String tcp(byte[] query) throws IOException {
        try (var connection = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            connection.setSoTimeout(MILLIS_MAX);
            var out = new DataOutputStream(connection.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            var in = new DataInputStream(connection.getInputStream());
            var reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return Ask.text(reply);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
