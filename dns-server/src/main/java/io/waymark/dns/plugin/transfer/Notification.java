package io.waymark.dns.plugin.transfer;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Tells a secondary over UDP that a zone has another serial (RFC 1996), and waits until it has heard. Blocks, for six
/// seconds at most.
final class Notification {
    private static final int ATTEMPTS = 3;
    private static final int REPLY_MILLIS_MAX = 2_000;
    private static final int HEADER_OCTETS = 12;
    private static final int OPCODE_NOTIFY = 4 << 11;
    private static final int AA = 0x400;
    private static final int QR_OF_OCTET = 0x80;
    private static final int RCODE_OF_OCTET = 0x0f;

    private final RandomGenerator ids;

    /// @param ids of messages
    Notification(RandomGenerator ids) {
        this.ids = ids;
    }

    /// Returns when it has said NOERROR. Fails with what it said instead, or with why it could not be asked.
    void send(DomainName zone, IpAddress source, ListenAddress secondary) throws IOException {
        var local = source.equals(ListenAddress.ANY) ? null : InetAddress.getByAddress(source.octets());
        try (var socket = new DatagramSocket(new InetSocketAddress(local, 0))) {
            socket.setSoTimeout(REPLY_MILLIS_MAX);
            socket.connect(new InetSocketAddress(
                    InetAddress.getByAddress(secondary.address().octets()), secondary.port()));
            var query = query(zone);
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    ask(socket, query);
                    return;
                } catch (IOException again) {
                    // A packet may be lost, and a secondary may be about to start.
                }
            }
            ask(socket, query);
        }
    }

    private byte[] query(DomainName zone) {
        var message = ByteBuffer.allocate(HEADER_OCTETS + zone.length() + 4);
        message.putShort((short) ids.nextInt()).putShort((short) (OPCODE_NOTIFY | AA));
        message.putShort((short) 1).putShort((short) 0).putInt(0);
        zone.copyTo(message.array(), HEADER_OCTETS);
        message.position(HEADER_OCTETS + zone.length());
        message.putShort((short) RecordType.SOA.code()).putShort((short) ResourceRecord.CLASS_IN);
        return message.array();
    }

    private static void ask(DatagramSocket socket, byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
        var reply = new DatagramPacket(new byte[HEADER_OCTETS], HEADER_OCTETS);
        do {
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException late) {
                throw new IOException("no reply within " + REPLY_MILLIS_MAX + " ms", late);
            }
        } while (!answers(reply, query));
        int rcode = reply.getData()[3] & RCODE_OF_OCTET;
        if (rcode != 0) {
            throw new IOException("it said response code " + rcode);
        }
    }

    private static boolean answers(DatagramPacket reply, byte[] query) {
        var octets = reply.getData();
        return reply.getLength() == HEADER_OCTETS
                && octets[0] == query[0]
                && octets[1] == query[1]
                && (octets[2] & QR_OF_OCTET) != 0;
    }
}
