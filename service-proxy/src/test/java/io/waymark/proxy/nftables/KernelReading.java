package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.nftables.skeleton.Code;
import io.waymark.proxy.nftables.skeleton.Kind;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.node.ClientKind;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.trace.Packet;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The elements that stand in the kernel, read back, and where they lead a packet. The constant chains are
/// followed as they were written (their golden octets are another test's); everything that Services change is
/// taken from the kernel, by keys made here, not by those who wrote them.
final class KernelReading {
    private static final int STICKY_BITS = 20;
    private static final int STICKY = 16;
    private static final int SIZE_BITS = 16;
    private static final int EXACT = 16;

    private final NodeRules node;
    private final Map<String, Map<Octets, Octets>> maps = new HashMap<>();
    private final Map<String, Set<Octets>> members = new HashMap<>();
    private final Set<Element.Range> sources = new HashSet<>();
    /// Where ranges of addresses begin (true) and end.
    private final TreeMap<byte[], Boolean> borders = new TreeMap<>(Arrays::compareUnsigned);

    /// @param node what the constant chains were made of
    KernelReading(NftReader reader, NodeRules node) throws NetlinkException {
        this.node = node;
        var family = node.family() == IpFamily.IPV4 ? NfFamily.IP : NfFamily.IP6;
        for (var set : Maps.planned()) {
            for (var element : reader.elements(family, Skeleton.TABLE, set)) {
                switch (element) {
                    case Element.Mapping(var key, var value) ->
                        maps.computeIfAbsent(set, none -> new HashMap<>()).put(key, value);
                    case Element.Member(var key) -> {
                        members.computeIfAbsent(set, none -> new HashSet<>()).add(key);
                        if (set.equals(Maps.SERVICE_CIDRS)) {
                            borders.put(key.toByteArray(), true);
                        }
                    }
                    case Element.End(var key) -> borders.put(key.toByteArray(), false);
                    case Element.Range range -> sources.add(range);
                    case Element.Decision decision -> throw new AssertionError("a verdict in " + set);
                }
            }
        }
    }

    private Optional<Octets> value(String map, Octets key) {
        return Optional.ofNullable(maps.getOrDefault(map, Map.of()).get(key));
    }

    private boolean holds(String set, byte[] key) {
        return members.getOrDefault(set, Set.of()).contains(Octets.of(key));
    }

    /// As `VerdictText` has it: backends by text, a star where the source is masqueraded.
    String verdict(Packet packet) {
        var to = packet.to().octets();
        boolean local = node.isLocal(packet.to());
        return value(Maps.FRONTENDS, destination(to, packet))
                .or(() -> servesNodePorts(packet.to(), local)
                        ? value(Maps.NODE_PORTS, destination(new byte[0], packet))
                        : Optional.empty())
                .map(found -> atService(packet, found.host32(4), found.host32(8)))
                .orElseGet(() -> {
                    if (!local && holds(Maps.CLUSTER_IPS, to)) {
                        return "reject";
                    }
                    var border = borders.floorEntry(to);
                    return !local && border != null && border.getValue() ? "drop" : "pass";
                });
    }

    private static Octets destination(byte[] address, Packet packet) {
        int protocol = switch (packet.protocol()) {
            case TCP -> 6;
            case UDP -> 17;
            case SCTP -> 132;
        };
        return Octets.of(ByteBuffer.allocate(address.length + 8)
                .put(address)
                .put(address.length, (byte) protocol)
                .putShort(address.length + 4, (short) packet.toPort())
                .array());
    }

    private boolean servesNodePorts(IpAddress address, boolean local) {
        return node.nodePorts() instanceof NodePortTargets.Only
                ? holds(Maps.NODE_PORT_IPS, address.octets())
                : local && !address.isLoopback();
    }

    private int code(int service, Kind kind) {
        return value(Maps.ENTRIES, Octets.ofHost(service, kind.number()))
                .map(entry -> entry.host32(4))
                .orElse(Code.DROP);
    }

    private String atService(Packet packet, int service, int kind) {
        if (kind == Kind.FIREWALL.number() && !isAdmitted(service, packet.from())) {
            return "drop";
        }
        var asked = kind == Kind.INTERNAL.number() ? Kind.INTERNAL : Kind.EXTERNAL;
        int code = code(service, asked);
        var client = node.client(packet.from(), packet.arrival().device());
        if (code == Code.KEEP_SOURCE) {
            int raw = code(service, client == ClientKind.OUTSIDE ? Kind.RAW_LOCAL : Kind.RAW_CLUSTER);
            return balanced(packet, service, raw, client == ClientKind.NODE);
        }
        boolean masquerade = asked == Kind.INTERNAL ? node.internalMasquerade().isFor(client) : true;
        return balanced(packet, service, code, masquerade);
    }

    private boolean isAdmitted(int service, IpAddress from) {
        var key = ByteBuffer.allocate(4 + from.octets().length)
                .put(Octets.ofHost(service).toByteArray())
                .put(from.octets())
                .array();
        return sources.stream()
                .anyMatch(range -> range.key().host32(0) == service
                        && Arrays.compareUnsigned(range.key().toByteArray(), key) <= 0
                        && Arrays.compareUnsigned(key, range.last().toByteArray()) <= 0);
    }

    private String balanced(Packet packet, int service, int code, boolean masquerade) {
        if (code == Code.DROP) {
            return "drop";
        }
        if (code == Code.REFUSE) {
            return "reject";
        }
        boolean sticky = code >>> STICKY_BITS >= STICKY;
        int variant = sticky ? (code >>> STICKY_BITS) - STICKY : code >>> SIZE_BITS;
        boolean local = variant == 2 || variant == 4;
        int offset = local ? Maps.LOCAL_OFFSET : 0;
        int sized = sticky ? code(service, local ? Kind.LEARN_LOCAL : Kind.LEARN_CLUSTER) : code;
        int size = sized & 0xffff;
        if (size > EXACT) {
            throw new AssertionError("no generated list is so long: " + size);
        }
        return IntStream.range(offset, offset + size)
                .mapToObj(index -> backend(service, index, sticky, local))
                .map(backend -> backend + (masquerade || isHairpin(packet, backend) ? "*" : ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /// The backend at an index of a list without holes. A client that is remembered must be led to the same.
    private Backend backend(int service, int index, boolean sticky, boolean local) {
        var key = Octets.ofHost(service, index);
        var plain = backend(value(Maps.BACKENDS, key).orElseThrow(() -> new AssertionError("a hole at " + key)));
        if (sticky) {
            int endpoint = value(Maps.DENSE, key).orElseThrow().host32(4);
            var remembered = value(local ? Maps.MEMBERS_LOCAL : Maps.MEMBERS_CLUSTER, Octets.ofHost(endpoint, service));
            if (!backend(remembered.orElseThrow()).equals(plain)) {
                throw new AssertionError("a client of " + plain + " is led to " + remembered);
            }
        }
        return plain;
    }

    private static Backend backend(Octets value) {
        int length = value.length() - 4;
        return new Backend(IpAddress.ofOctets(value.toByteArray(), 0, length), value.be16(length));
    }

    private boolean isHairpin(Packet packet, Backend backend) {
        var address = backend.address().octets();
        return backend.address().equals(packet.from())
                && holds(
                        Maps.HAIRPIN,
                        ByteBuffer.allocate(2 * address.length)
                                .put(address)
                                .put(address)
                                .array());
    }

    /// Sorts what `VerdictText` says in the same way.
    static String sorted(String verdict) {
        return List.of(verdict.split(" ")).stream().sorted().collect(Collectors.joining(" "));
    }
}
