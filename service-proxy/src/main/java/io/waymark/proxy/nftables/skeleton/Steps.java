package io.waymark.proxy.nftables.skeleton;

import io.waymark.proxy.netlink.nft.Expression;
import io.waymark.proxy.netlink.nft.Expression.AddressType;
import io.waymark.proxy.netlink.nft.Expression.Bitwise;
import io.waymark.proxy.netlink.nft.Expression.Compare;
import io.waymark.proxy.netlink.nft.Expression.Lookup;
import io.waymark.proxy.netlink.nft.Expression.Meta;
import io.waymark.proxy.netlink.nft.Expression.Payload;
import io.waymark.proxy.netlink.nft.Expression.Random;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.PodDetector;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Expressions that many rules share.
///
/// `nft list` follows registers by what was put into them, and dies of an assertion if the value of a
/// map is part of a key. It follows only the first register of a value. So each value that becomes a
/// key has a zero word before it, the registers behind that one are given a stand-in before the
/// lookup, `meta mark`, and the first one after it. They cost nanoseconds; the listing shows `meta
/// mark` where an id stands, and the rules' comments say so.
final class Steps {
    private static final int INTERFACE_OCTETS = 16;
    private static final Octets LOOPBACK_MASK = Octets.of((byte) 0xff, (byte) 0, (byte) 0, (byte) 0);
    private static final Octets LOOPBACK_4 = Octets.of((byte) 127, (byte) 0, (byte) 0, (byte) 0);
    private static final Octets LOOPBACK_6 = Octets.of(IpAddress.of("::1").octets());

    final NfFamily family;
    final Registers registers;
    private final NodeRules node;

    Steps(NodeRules node) {
        this.node = node;
        family = node.family() == IpFamily.IPV4 ? NfFamily.IP : NfFamily.IP6;
        registers = Registers.of(family);
    }

    static List<Expression> join(List<Expression> first, Expression... then) {
        var joined = new ArrayList<>(first);
        joined.addAll(Arrays.asList(then));
        return joined;
    }

    @SafeVarargs
    static List<Expression> join(List<Expression>... parts) {
        var joined = new ArrayList<Expression>();
        for (var part : parts) {
            joined.addAll(part);
        }
        return joined;
    }

    /// Service, kind and owner of the frontend that the packet is addressed to.
    List<Expression> find(Way way) {
        var steps = new ArrayList<Expression>();
        int next = Registers.FIRST;
        if (way == Way.ADDRESS) {
            steps.add(target(next));
            next += registers.words();
        }
        steps.add(new Meta(next, Meta.Key.PROTOCOL));
        steps.add(new Payload(next + 1, Payload.TRANSPORT, 2, 2));
        steps.add(standIn(registers.service()));
        steps.add(standIn(registers.kind()));
        steps.add(standIn(registers.owner()));
        var map = way == Way.ADDRESS ? Maps.FRONTENDS : Maps.NODE_PORTS;
        steps.add(new Lookup(map, Registers.FIRST, registers.found()));
        steps.add(standIn(registers.found()));
        return steps;
    }

    static Expression standIn(int register) {
        return new Meta(register, Meta.Key.MARK);
    }

    /// A number in host order. An immediate value in a key lists badly, a draw out of one does not.
    static Expression constant(int register, int value) {
        return new Random(register, 1, value);
    }

    /// The chain for (service, kind), by way of its code.
    List<Expression> dispatch(Maps.Dispatch dispatch) {
        int code = registers.code();
        return List.of(
                standIn(code),
                new Lookup(Maps.ENTRIES, registers.service(), code - 1),
                new Lookup(dispatch.map(), code, Lookup.VERDICT));
    }

    Expression source(int register) {
        return new Payload(register, Payload.NETWORK, registers.sourceAt(), registers.addressOctets());
    }

    Expression target(int register) {
        return new Payload(register, Payload.NETWORK, registers.targetAt(), registers.addressOctets());
    }

    /// The packet shall be masqueraded; only the one bit of its mark changes.
    List<Expression> mark() {
        int bit = node.masqueradeMark();
        return List.of(
                standIn(Registers.FIRST),
                new Bitwise(Registers.FIRST, Registers.FIRST, Octets.ofHost(~bit), Octets.ofHost(bit)),
                new Expression.SetMark(Registers.FIRST));
    }

    /// The rule goes on only for a Pod, or only for others; empty if Pods are not told from others.
    List<Expression> pod(boolean wanted) {
        return switch (node.pods()) {
            case PodDetector.Nobody nobody -> List.of();
            case PodDetector.SourceIn(var cidr) -> sourceIn(cidr, wanted);
            case PodDetector.ArrivesBy(var device) ->
                device(Arrays.copyOf(device.getBytes(StandardCharsets.UTF_8), INTERFACE_OCTETS), wanted);
            case PodDetector.ArrivesByAny(var prefix) -> device(prefix.getBytes(StandardCharsets.UTF_8), wanted);
        };
    }

    private List<Expression> sourceIn(Cidr cidr, boolean wanted) {
        return List.of(
                source(Registers.FIRST),
                new Bitwise(
                        Registers.FIRST,
                        Registers.FIRST,
                        netmask(cidr),
                        Octets.of(new byte[registers.addressOctets()])),
                new Compare(Registers.FIRST, wanted, Octets.of(cidr.network().octets())));
    }

    private Octets netmask(Cidr cidr) {
        var mask = new byte[registers.addressOctets()];
        for (int bit = 0; bit < cidr.prefixLength(); bit++) {
            mask[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return Octets.owning(mask);
    }

    private static List<Expression> device(byte[] name, boolean wanted) {
        return List.of(
                new Meta(Registers.FIRST, Meta.Key.INTERFACE_IN),
                new Compare(Registers.FIRST, wanted, Octets.owning(name)));
    }

    /// The rule goes on if the source address is one of the node.
    static List<Expression> fromNode() {
        return List.of(
                new AddressType(Registers.FIRST, true),
                new Compare(Registers.FIRST, true, Octets.ofHost(AddressType.LOCAL)));
    }

    /// The rule goes on if the destination is an address of the node, or if it is none.
    static List<Expression> toNode(boolean wanted) {
        return List.of(
                new AddressType(Registers.FIRST, false),
                new Compare(Registers.FIRST, wanted, Octets.ofHost(AddressType.LOCAL)));
    }

    /// The rule goes on if the destination is in the set of addresses.
    List<Expression> targetIn(String set) {
        return List.of(target(Registers.FIRST), new Expression.Member(set, Registers.FIRST));
    }

    /// The rule goes on if the destination serves node ports.
    List<Expression> servesNodePorts() {
        return switch (node.nodePorts()) {
            case NodePortTargets.Only only -> targetIn(Maps.NODE_PORT_IPS);
            case NodePortTargets.EveryLocal(var loopback) ->
                switch (loopback) {
                    case SERVED -> toNode(true);
                    case NOT_SERVED -> join(toNode(true), notLoopback());
                };
        };
    }

    private List<Expression> notLoopback() {
        return switch (family) {
            case IP ->
                List.of(
                        target(Registers.FIRST),
                        new Bitwise(Registers.FIRST, Registers.FIRST, LOOPBACK_MASK, Octets.ofHost(0)),
                        new Compare(Registers.FIRST, false, LOOPBACK_4));
            case IP6 -> List.of(target(Registers.FIRST), new Compare(Registers.FIRST, false, LOOPBACK_6));
        };
    }
}
