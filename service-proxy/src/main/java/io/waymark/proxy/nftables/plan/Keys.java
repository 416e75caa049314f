package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.Destination;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How elements are laid out: words of four octets; ids in host order, addresses and ports in network
/// order, a protocol in the first octet of its word and a port in the first two, the rest zero.
final class Keys {
    private static final int WORD = 4;

    private Keys() {}

    /// The key of a frontend.
    static Octets destination(Destination destination) {
        return switch (destination) {
            case Destination.Address(var address, var protocol, int port) ->
                transport(address.octets(), protocol, port);
            case Destination.AnyNodeAddress(var family, var protocol, int port) ->
                transport(new byte[0], protocol, port);
        };
    }

    private static Octets transport(byte[] address, Protocol protocol, int port) {
        var key = Arrays.copyOf(address, address.length + 2 * WORD);
        key[address.length] = (byte) number(protocol);
        key[address.length + WORD] = (byte) (port >>> 8);
        key[address.length + WORD + 1] = (byte) port;
        return Octets.owning(key);
    }

    private static int number(Protocol protocol) {
        return switch (protocol) {
            case TCP -> 6;
            case UDP -> 17;
            case SCTP -> 132;
        };
    }

    /// Two ids side by side.
    static Octets pair(int first, int second) {
        return Octets.ofHost(first, second);
    }

    /// The value of `backends`, `members_c` and `members_l`.
    static Octets backend(Backend backend) {
        var octets = backend.address().octets();
        return Octets.owning(ByteBuffer.allocate(octets.length + WORD)
                .put(octets)
                .putShort((short) backend.port())
                .array());
    }

    /// The way back from [#backend].
    static Backend backend(Octets value) {
        int addressOctets = value.length() - WORD;
        return new Backend(IpAddress.ofOctets(value.toByteArray(), 0, addressOctets), value.be16(addressOctets));
    }

    static Octets address(IpAddress address) {
        return Octets.owning(address.octets());
    }

    /// The pair that a packet has whose sender was chosen as its receiver.
    static Octets twice(IpAddress address) {
        var octets = address.octets();
        return Octets.owning(
                ByteBuffer.allocate(octets.length * 2).put(octets).put(octets).array());
    }

    /// A source range of a Service port.
    static Element sources(int service, Cidr range) {
        return new Element.Range(sourceKey(service, range.network().octets()), sourceKey(service, last(range)));
    }

    private static Octets sourceKey(int service, byte[] address) {
        return Octets.owning(ByteBuffer.allocate(WORD + address.length)
                .order(ByteOrder.nativeOrder())
                .putInt(service)
                .put(address)
                .array());
    }

    /// The elements of an interval set of addresses: the first one, and the one behind the last unless
    /// that is behind all addresses.
    static List<Element> interval(Cidr range) {
        var elements = new ArrayList<Element>(2);
        elements.add(new Element.Member(address(range.network())));
        var behind = last(range);
        for (int i = behind.length - 1; i >= 0; i--) {
            if (++behind[i] != 0) {
                elements.add(new Element.End(Octets.owning(behind)));
                break;
            }
        }
        return elements;
    }

    private static byte[] last(Cidr range) {
        var octets = range.network().octets();
        for (int bit = range.prefixLength(); bit < octets.length * 8; bit++) {
            octets[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return octets;
    }

    /// Those ranges that lie in no other one: a set of intervals takes no overlaps.
    static List<Cidr> disjoint(List<Cidr> ranges) {
        var outer = new ArrayList<Cidr>();
        for (var range : ranges) {
            if (outer.stream().noneMatch(other -> holds(other, range))) {
                outer.removeIf(other -> holds(range, other));
                outer.add(range);
            }
        }
        return outer;
    }

    private static boolean holds(Cidr outer, Cidr inner) {
        return outer.prefixLength() <= inner.prefixLength() && outer.contains(inner.network());
    }

    /// The prefix that holds one address only.
    static Cidr only(IpAddress address) {
        return new Cidr(address, address.octets().length * 8);
    }
}
