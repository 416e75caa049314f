package io.waymark.proxy.conntrack;

import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.netlink.Errno;
import io.waymark.proxy.netlink.Message;
import io.waymark.proxy.netlink.MessageWriter;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.util.function.Consumer;

/// The kernel's tracked flows of UDP (linux/netfilter/nfnetlink_conntrack.h). Belongs to the network
/// namespace of the thread that opens it; one thread at a time uses it, and blocks.
/// Lifecycle: [#open], [#flows] and [#delete], [#close].
final class ConntrackTable implements AutoCloseable {
    private static final int CTNETLINK = 1 << 8;
    private static final int GET = CTNETLINK | 1;
    private static final int DELETE = CTNETLINK | 2;

    private static final int TUPLE_ORIG = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int ID = 12;
    private static final int ZONE = 18;
    private static final int FILTER = 25;
    private static final int FILTER_ORIG_FLAGS = 1;
    private static final int BY_DESTINATION = 1 << 1;
    private static final int BY_PROTOCOL = 1 << 3;
    private static final int BY_DESTINATION_PORT = 1 << 5;

    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTO = 2;
    private static final int PROTO_NUM = 1;
    private static final int PROTO_SOURCE_PORT = 2;
    private static final int PROTO_DESTINATION_PORT = 3;
    private static final int UDP = 17;
    private static final int ROUNDS_MAX = 8;

    private final NetlinkSocket socket;

    private ConntrackTable(NetlinkSocket socket) {
        this.socket = socket;
    }

    static ConntrackTable open() throws NetlinkException {
        return new ConntrackTable(NetlinkSocket.netfilter());
    }

    /// Shows all flows of UDP in one family.
    void flows(IpFamily family, Consumer<Flow> each) throws NetlinkException {
        dump(family, request -> filter(request, BY_PROTOCOL, tuple -> {}, proto -> {}), each);
    }

    /// Shows those addressed to one destination, and others of its port: an IPv4 address and a port are
    /// picked out by the kernel since Linux 5.8. An IPv6 address is not asked for: the kernel shows those that
    /// do not have it.
    void flows(Destination destination, Consumer<Flow> each) throws NetlinkException {
        Consumer<MessageWriter> port = proto -> proto.be16(PROTO_DESTINATION_PORT, destination.port());
        var family = destination.family();
        if (destination instanceof Destination.Address(var address, var protocol, int number)
                && family == IpFamily.IPV4) {
            Consumer<MessageWriter> to = ip -> ip.octets(destinationAttribute(family), address.octets());
            int flags = BY_DESTINATION | BY_PROTOCOL | BY_DESTINATION_PORT;
            dump(family, request -> filter(request, flags, to, port), each);
        } else {
            dump(family, request -> filter(request, BY_PROTOCOL | BY_DESTINATION_PORT, ip -> {}, port), each);
        }
    }

    private static void filter(
            MessageWriter request, int flags, Consumer<MessageWriter> ip, Consumer<MessageWriter> proto) {
        int tuple = request.open(TUPLE_ORIG);
        if ((flags & BY_DESTINATION) != 0) {
            int addresses = request.open(TUPLE_IP);
            ip.accept(request);
            request.close(addresses);
        }
        int protocol = request.open(TUPLE_PROTO);
        request.u8(PROTO_NUM, UDP);
        proto.accept(request);
        request.close(protocol);
        request.close(tuple);
        int filter = request.open(FILTER);
        request.host32(FILTER_ORIG_FLAGS, flags);
        request.close(filter);
    }

    private void dump(IpFamily family, Consumer<MessageWriter> body, Consumer<Flow> each) throws NetlinkException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            if (socket.dump(GET, number(family), body, message -> show(message, family, each))) {
                return;
            }
        }
    }

    private static void show(Message message, IpFamily family, Consumer<Flow> each) {
        var flow = message.attributes();
        var tuple = flow.get(TUPLE_ORIG);
        if (tuple.get(TUPLE_PROTO).u8(PROTO_NUM, 0) != UDP) {
            return;
        }
        var to = side(tuple, family, destinationAttribute(family), PROTO_DESTINATION_PORT);
        var answerer = side(flow.get(TUPLE_REPLY), family, sourceAttribute(family), PROTO_SOURCE_PORT);
        each.accept(new Flow(to, answerer, copy(tuple), copy(flow.get(ZONE)), copy(flow.get(ID))));
    }

    private static Backend side(Attributes tuple, IpFamily family, int address, int port) {
        var octets = tuple.get(TUPLE_IP).get(address).toByteArray();
        if (octets.length != (family == IpFamily.IPV4 ? 4 : 16)) {
            throw new IllegalStateException("the kernel showed a flow of " + family + " without an address");
        }
        return new Backend(
                IpAddress.ofOctets(octets, 0, octets.length),
                tuple.get(TUPLE_PROTO).be16(port, 0));
    }

    private static Attributes copy(Attributes shown) {
        return Attributes.of(shown.toByteArray());
    }

    /// Deletes one; its next packet begins a new one, which meets the rules.
    /// @return whether it was there
    boolean delete(Flow flow) throws NetlinkException {
        if (flow.tuple().isEmpty()) {
            throw new IllegalStateException("a flow without a tuple would stand for all of them");
        }
        try {
            socket.tell(DELETE, number(flow.to().address().family()), request -> {
                int tuple = request.open(TUPLE_ORIG);
                flow.tuple().forEach((type, holds) -> nested(request, type, holds));
                request.close(tuple);
                request.octets(ID, flow.id().toByteArray());
                if (!flow.zone().isEmpty()) {
                    request.octets(ZONE, flow.zone().toByteArray());
                }
            });
            return true;
        } catch (NetlinkException refused) {
            if (refused.errno() == Errno.ENOENT) {
                return false;
            }
            throw refused;
        }
    }

    /// Part of a tuple: addresses and protocol are nested attributes, a zone is a plain one.
    private static void nested(MessageWriter request, int type, Attributes holds) {
        if (type == TUPLE_IP || type == TUPLE_PROTO) {
            int start = request.open(type);
            holds.forEach((inner, value) -> request.octets(inner, value.toByteArray()));
            request.close(start);
        } else {
            request.octets(type, holds.toByteArray());
        }
    }

    private static int number(IpFamily family) {
        return switch (family) {
            case IPV4 -> 2;
            case IPV6 -> 10;
        };
    }

    private static int sourceAttribute(IpFamily family) {
        return family == IpFamily.IPV4 ? 1 : 3;
    }

    private static int destinationAttribute(IpFamily family) {
        return family == IpFamily.IPV4 ? 2 : 4;
    }

    @Override
    public void close() {
        socket.close();
    }
}
