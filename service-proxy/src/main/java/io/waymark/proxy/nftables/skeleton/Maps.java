package io.waymark.proxy.nftables.skeleton;

import static io.waymark.proxy.netlink.nft.DataType.IPV4_ADDRESS;
import static io.waymark.proxy.netlink.nft.DataType.IPV6_ADDRESS;
import static io.waymark.proxy.netlink.nft.DataType.MARK;
import static io.waymark.proxy.netlink.nft.DataType.PORT;
import static io.waymark.proxy.netlink.nft.DataType.PROTOCOL;
import static io.waymark.proxy.netlink.nft.DataType.VERDICT;

import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.SetSpec;
import java.util.ArrayList;
import java.util.List;

/// The sets and maps of the table, by name. Their keys and values are whole registers, four octets
/// each, the unused ones zero; ids are in host order, and `mark` is the type they are listed as.
/// A value that becomes part of a key has a leading zero word, for `nft` (see [Steps]).
public final class Maps {
    /// address, protocol, port → 0, service, kind, owner.
    public static final String FRONTENDS = "frontends";
    /// protocol, port → 0, service, kind, owner.
    public static final String NODE_PORTS = "nodeports";
    /// service, kind → 0, code.
    public static final String ENTRIES = "entries";
    /// service, index → address, port.
    public static final String BACKENDS = "backends";
    /// service, index → 0, endpoint; of Service ports with affinity only.
    public static final String DENSE = "dense";
    /// endpoint, service → address, port; likewise.
    public static final String MEMBERS_CLUSTER = "members_c";
    public static final String MEMBERS_LOCAL = "members_l";
    /// client, service → 0, endpoint; made by packets.
    public static final String AFFINITY = "affinity";
    /// address, the same address: endpoints.
    public static final String HAIRPIN = "hairpin";
    /// cluster IPs.
    public static final String CLUSTER_IPS = "cluster_ips";
    /// Addresses that serve node ports, unless all of the node's do.
    public static final String NODE_PORT_IPS = "nodeport_ips";
    /// Ranges that cluster IPs are out of.
    public static final String SERVICE_CIDRS = "service_cidrs";
    /// service, source: who may use load balancer addresses.
    public static final String LOAD_BALANCER_SOURCES = "lb_sources";

    /// Indices of the local list start here in [#BACKENDS] and [#DENSE].
    public static final int LOCAL_OFFSET = 65_536;

    private static final long AFFINITY_TIMEOUT = 86_400_000;
    private static final int AFFINITY_MAX = 262_144;

    private Maps() {}

    /// Those of a family, without the maps of verdicts.
    static List<SetSpec> of(NfFamily family) {
        var address = family == NfFamily.IP ? IPV4_ADDRESS : IPV6_ADDRESS;
        var pair = List.of(MARK, MARK);
        var found = List.of(MARK, MARK, MARK, MARK);
        var backend = List.of(address, PORT);
        return List.of(
                SetSpec.map(FRONTENDS, List.of(address, PROTOCOL, PORT), found),
                SetSpec.map(NODE_PORTS, List.of(PROTOCOL, PORT), found),
                SetSpec.map(ENTRIES, pair, pair),
                SetSpec.map(BACKENDS, pair, backend),
                SetSpec.map(DENSE, pair, pair),
                SetSpec.map(MEMBERS_CLUSTER, pair, backend),
                SetSpec.map(MEMBERS_LOCAL, pair, backend),
                SetSpec.learned(AFFINITY, List.of(address, MARK), pair, AFFINITY_TIMEOUT, AFFINITY_MAX),
                SetSpec.set(HAIRPIN, address, address),
                SetSpec.set(CLUSTER_IPS, address),
                SetSpec.set(NODE_PORT_IPS, address),
                SetSpec.intervals(SERVICE_CIDRS, address),
                SetSpec.intervals(LOAD_BALANCER_SOURCES, MARK, address));
    }

    /// The names of all whose elements follow the Services and the node, in the order of a load: what
    /// refuses and drops comes last.
    public static List<String> planned() {
        return List.of(
                BACKENDS,
                DENSE,
                MEMBERS_CLUSTER,
                MEMBERS_LOCAL,
                HAIRPIN,
                LOAD_BALANCER_SOURCES,
                ENTRIES,
                FRONTENDS,
                NODE_PORTS,
                NODE_PORT_IPS,
                CLUSTER_IPS,
                SERVICE_CIDRS);
    }

    /// The maps of codes to verdicts: which one a rule asks says how deep it stands, so that no chain
    /// can lead back to itself.
    enum Dispatch {
        TO_A,
        TO_N,
        FW_A,
        EXTL_A,
        EXTL_N,
        PICK_A,
        PICK_N;

        static Dispatch to(Way way) {
            return way == Way.ADDRESS ? TO_A : TO_N;
        }

        static Dispatch keepSource(Way way) {
            return way == Way.ADDRESS ? EXTL_A : EXTL_N;
        }

        static Dispatch pick(Way way) {
            return way == Way.ADDRESS ? PICK_A : PICK_N;
        }

        /// What is external stands below `services`, and for an address below `fw-a` too.
        static List<Dispatch> external(Way way) {
            return way == Way.ADDRESS ? List.of(TO_A, FW_A) : List.of(TO_N);
        }

        /// As `nft` lists it.
        String map() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static List<SetSpec> all() {
            var sets = new ArrayList<SetSpec>();
            for (var dispatch : values()) {
                sets.add(SetSpec.map(dispatch.map(), List.of(MARK), List.of(VERDICT)));
            }
            return sets;
        }
    }
}
