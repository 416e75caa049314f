package io.waymark.cli.kubedns;

import io.waymark.dns.kubedns.Nameserver;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The addresses of stub domains' servers that are given by name: names of the cluster are asked of
/// ourselves, others of the node's resolvers. Blocks for some seconds at most.
/// @param clusterDomain whose names are ours
/// @param self          where we answer
record StubServers(DomainName clusterDomain, InetSocketAddress self) {
    private static final int PATIENCE_MILLIS = 2000;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;

    /// None if the name has no address now, or cannot be asked for.
    List<Nameserver.Address> addresses(Nameserver.Named server) {
        var name = DomainName.parse(server.host());
        var addresses =
                name.isPresent() && name.get().isWithin(clusterDomain) ? ours(name.get()) : elsewhere(server.host());
        return addresses.stream()
                .sorted()
                .map(address -> new Nameserver.Address(address, server.port()))
                .toList();
    }

    private List<IpAddress> ours(DomainName name) {
        var addresses = new ArrayList<IpAddress>();
        for (int type : new int[] {TYPE_A, TYPE_AAAA}) {
            for (var octets : ask(name, type)) {
                if (MessageParser.parse(octets, 0, octets.length)
                        instanceof MessageParse.Parsed(Message message, int end)) {
                    message.answer().forEach(record -> address(record.data(), addresses));
                }
            }
        }
        return addresses;
    }

    private static void address(RecordData data, List<IpAddress> into) {
        if (data instanceof RecordData.A(var address)) {
            into.add(address);
        } else if (data instanceof RecordData.Aaaa(var address)) {
            into.add(address);
        }
    }

    /// The answer over UDP, or none. Connected, so that nobody else's is taken for it.
    private List<byte[]> ask(DomainName name, int type) {
        try (var socket = new DatagramSocket()) {
            socket.connect(self);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var question = ByteBuffer.allocate(Message.UDP_OCTETS_MIN);
            // ID, no flag, one question; the three other counts are 0.
            question.putShort((short) type).putShort((short) 0).putShort((short) 1);
            question.position(name.copyTo(question.array(), question.position() + 6));
            question.putShort((short) type).putShort((short) 1);
            socket.send(new DatagramPacket(question.array(), question.position()));
            var answer = new DatagramPacket(new byte[Message.OCTETS_MAX], Message.OCTETS_MAX);
            socket.receive(answer);
            return List.of(Arrays.copyOf(answer.getData(), answer.getLength()));
        } catch (IOException noAnswer) {
            return List.of();
        }
    }

    private static List<IpAddress> elsewhere(String host) {
        try {
            var addresses = new ArrayList<IpAddress>();
            for (var address : InetAddress.getAllByName(host)) {
                var octets = address.getAddress();
                addresses.add(IpAddress.ofOctets(octets, 0, octets.length));
            }
            return addresses;
        } catch (UnknownHostException noAddress) {
            return List.of();
        }
    }
}
