package io.waymark.testzones.packets;

import io.waymark.testzones.peer.NetworkNamespace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node that nobody had before, with Pods and a client outside, each a network namespace:
/// ```
/// client 192.0.2.10 fd00:192::10 ── 192.0.2.1 fd00:192::1 node ┬ pod1 10.244.0.1 fd00:244::1
/// other  198.51.100.9 beside it     192.0.2.2                  ├ pod2 10.244.0.2 fd00:244::2
///                                                              ├ pod3 10.244.1.3 fd00:244:0:1::3
///                                                              └ pod4 10.244.1.4 fd00:244:0:1::4
/// ```
/// pod3 and pod4 stand for Pods of another node. With [Pods#BRIDGED] pod1 and pod2 are on the bridge `br0`.
final class PacketNode implements AutoCloseable {
    static final List<String> ADDRESSES =
            List.of("192.0.2.1", "192.0.2.2", "10.244.0.254", "fd00:192::1", "fd00:244::fe");
    /// What a Pod sees as the source of what the node masquerades.
    static final List<String> MASQUERADED = List.of("10.244.0.254", "fd00:244::fe");

    private static final int PORT = 8080;
    private static final int OTHER_PORT = 8081;
    private static final String QUIET = "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad;"
            + "for it in all default; do echo 0 > /proc/sys/net/ipv4/conf/$it/rp_filter; done";

    /// How Pods of this node are joined to it.
    enum Pods {
        /// Each by a veth pair of its own.
        ROUTED,
        /// Through the bridge `br0`.
        BRIDGED
    }

    private final NetworkNamespace node = NetworkNamespace.with();
    private final NetworkNamespace client = NetworkNamespace.with();
    private final Map<String, NetworkNamespace> pods = new LinkedHashMap<>();
    private final Map<String, Party> parties = new LinkedHashMap<>();

    PacketNode(Pods how) {
        node.shell(QUIET + "; echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding"
                // Refusals come thick here; the kernel would send some, and then one a second.
                + "; echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit"
                + "; for it in msgs_per_sec msgs_burst; do echo 10000 > /proc/sys/net/ipv4/icmp_$it || true; done"
                + "; for it in all default; do echo 0 > /proc/sys/net/ipv4/conf/$it/send_redirects; done"
                + "; ip addr add 10.244.0.254/32 dev lo");
        outside();
        if (how == Pods.BRIDGED) {
            node.shell("ip link add br0 type bridge; ip link set br0 up; ip addr add fd00:244::fe/128 dev br0 nodad");
        }
        pod("pod1", "10.244.0.1", "fd00:244::1", how);
        pod("pod2", "10.244.0.2", "fd00:244::2", how);
        pod("pod3", "10.244.1.3", "fd00:244:0:1::3", Pods.ROUTED);
        pod("pod4", "10.244.1.4", "fd00:244:0:1::4", Pods.ROUTED);
        parties.put("node", Party.start(node, "node"));
    }

    private void outside() {
        client.shell(QUIET);
        node.shell("ip link add client0 type veth peer name eth0 netns " + client.name()
                + "; ip addr add 192.0.2.1/24 dev client0; ip addr add 192.0.2.2/24 dev client0"
                + "; ip addr add fd00:192::1/64 dev client0 nodad; ip link set client0 up");
        client.shell("ip addr add 192.0.2.10/24 dev eth0; ip addr add 198.51.100.9/32 dev eth0"
                + "; ip addr add fd00:192::10/64 dev eth0 nodad; ip link set eth0 up"
                + "; ip route add default via 192.0.2.1; ip -6 route add default via fd00:192::1");
        node.shell("ip route add 198.51.100.9/32 dev client0; ip route add default via 192.0.2.10"
                + "; ip -6 route add default via fd00:192::10");
        parties.put("client", Party.start(client, "client", PORT));
    }

    private void pod(String name, String four, String six, Pods how) {
        var pod = NetworkNamespace.with();
        pods.put(name, pod);
        pod.shell(QUIET);
        node.shell("ip link add " + name + " type veth peer name eth0 netns " + pod.name());
        var device = how == Pods.BRIDGED ? "br0" : name;
        node.shell((how == Pods.BRIDGED
                        ? "ip link set " + name + " master br0; ip link set " + name + " type bridge_slave hairpin on"
                        : "ip addr add fd00:244::fe/128 dev " + name + " nodad")
                + "; ip link set " + name + " up; ip route add " + four + " dev " + device + "; ip -6 route add " + six
                + " dev " + device);
        pod.shell("ip addr add " + four + "/32 dev eth0; ip addr add " + six + "/128 dev eth0 nodad"
                + "; ip link set eth0 up; ip route add 10.244.0.254 dev eth0; ip route add default via 10.244.0.254"
                + "; ip -6 route add fd00:244::fe dev eth0; ip -6 route add default via fd00:244::fe dev eth0");
        parties.put(name, Party.start(pod, name, PORT, OTHER_PORT));
    }

    /// The network of the node itself.
    NetworkNamespace node() {
        return node;
    }

    /// `node`, `client`, `pod1` …
    Party party(String name) {
        var party = parties.get(name);
        if (party == null) {
            throw new IllegalArgumentException("found " + name + ", expected one of " + parties.keySet());
        }
        return party;
    }

    @Override
    public void close() {
        parties.values().forEach(Party::close);
        pods.values().forEach(NetworkNamespace::close);
        client.close();
        node.close();
    }
}
