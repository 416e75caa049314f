package io.waymark.testzones.forwarding;

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
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/// An upstream that does what the first label of the name says: one word for each server, in the order
/// of their numbers, parted by dashes. `servfail-ok.test.` has the first say SERVFAIL, and the second
/// answer. An answer is a TXT record with the server's number and the protocol it was asked by.
///
/// | word | what it says |
/// |---|---|
/// | `ok` | the answer |
/// | `nodata` | NOERROR with a SOA |
/// | any response code | that |
/// | `cut` | over UDP nothing but TC, over TCP the answer |
/// | `silent` | nothing |
/// | `lies` | over UDP replies with a wrong ID, to another question, garbage, and then the answer twice |
///
/// Lifecycle: answering from the constructor to [#close].
final class ScriptedServer implements AutoCloseable {
    private final int number;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    ScriptedServer(int number, int port) {
        this.number = number;
        try {
            var loopback = InetAddress.getLoopbackAddress();
            tcp = new ServerSocket(port, 16, loopback);
            udp = new DatagramSocket(new InetSocketAddress(loopback, port));
        } catch (IOException e) {
            throw new UncheckedIOException("no server on port " + port, e);
        }
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::accept);
    }

    /// Waits until the name was asked for since the last call.
    void awaitAsked(String name) throws InterruptedException {
        String seen;
        do {
            seen = asked.poll(10, TimeUnit.SECONDS);
            if (seen == null) {
                throw new AssertionError("nobody asked server " + number + " for " + name);
            }
        } while (!seen.equalsIgnoreCase(name));
    }

    private void serveUdp() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!udp.isClosed()) {
            try {
                packet.setLength(4096);
                udp.receive(packet);
                for (var reply : replies(new Message(Arrays.copyOf(packet.getData(), packet.getLength())), "udp")) {
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
                for (var reply : replies(new Message(in.readNBytes(in.readUnsignedShort())), "tcp")) {
                    out.writeShort(reply.length);
                    out.write(reply);
                }
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private List<byte[]> replies(Message query, String protocol) throws IOException {
        var name = query.getQuestion().getName();
        asked.add(name.toString());
        var words = name.getLabelString(0).toLowerCase(Locale.ROOT).split("-");
        var word = number <= words.length ? words[number - 1] : "ok";
        return switch (word) {
            case "silent" -> List.of();
            case "ok" -> List.of(answer(query, protocol).toWire());
            case "nodata" -> List.of(withSoa(query, Rcode.NOERROR).toWire());
            case "cut" -> List.of((protocol.equals("udp") ? cut(query) : answer(query, protocol)).toWire());
            case "lies" ->
                protocol.equals("udp")
                        ? lies(query)
                        : List.of(answer(query, protocol).toWire());
            default ->
                List.of(withSoa(query, Math.max(0, Rcode.value(word.toUpperCase(Locale.ROOT))))
                        .toWire());
        };
    }

    private static Message reply(Message query, int rcode) {
        var reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        if (query.getHeader().getFlag(Flags.RD)) {
            reply.getHeader().setFlag(Flags.RD);
        }
        reply.getHeader().setRcode(rcode);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    private Message answer(Message query, String protocol) {
        var reply = reply(query, Rcode.NOERROR);
        var name = query.getQuestion().getName();
        reply.addRecord(new TXTRecord(name, DClass.IN, 60, number + " " + protocol), Section.ANSWER);
        return reply;
    }

    private static Message cut(Message query) {
        var reply = reply(query, Rcode.NOERROR);
        reply.getHeader().setFlag(Flags.TC);
        return reply;
    }

    private static Message withSoa(Message query, int rcode) {
        var reply = reply(query, rcode);
        if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            var zone = Name.fromConstantString("test.");
            reply.addRecord(new SOARecord(zone, DClass.IN, 60, zone, zone, 1, 2, 3, 4, 60), Section.AUTHORITY);
        }
        return reply;
    }

    private List<byte[]> lies(Message query) throws IOException {
        var right = answer(query, "udp").toWire();
        var wrongId = right.clone();
        wrongId[0] ^= 0x55;
        var other = new Message(query.getHeader().getID());
        other.getHeader().setFlag(Flags.QR);
        var question = Record.newRecord(
                Name.fromConstantString("other.test."), query.getQuestion().getType(), DClass.IN);
        other.addRecord(question, Section.QUESTION);
        var garbage = right.clone();
        Arrays.fill(garbage, 2, garbage.length, (byte) 0xff);
        var cutOff = Arrays.copyOf(right, right.length - 3);
        return List.of(wrongId, other.toWire(), garbage, new byte[] {1}, cutOff, right, right);
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
