package io.waymark.proxy.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServiceCidr;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who gets where on node `here`, 192.168.0.1, whose Pods have 10.244.1.0/24. Packets come from a Pod of
/// this node (10.244.1.9), of another one (10.244.2.9), a process of this node (192.168.0.1) or a
/// client outside (198.51.100.9).
class PacketTracerTest {
    private static final NodeFacts HERE = new NodeFacts(
            "here",
            "a",
            List.of(IpAddress.of("192.168.0.1")),
            List.of(Cidr.of("10.244.1.0/24")),
            List.of(IpAddress.of("127.0.0.1"), IpAddress.of("192.168.0.1"), IpAddress.of("192.168.7.1")));
    private static final LocalDetector CLUSTER_CIDR = new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16")));
    private static final int MARK = 0x4000;

    private static final String SHOP = """
            service   shop/plain  10.96.0.1  80/TCP
            slice     shop/plain-1  plain    8080/TCP
            endpoint  shop/plain-1  10.244.1.1 node=here
            endpoint  shop/plain-1  10.244.2.1 node=there

            service   shop/wide   10.96.0.2  80/TCP:30002 lb=203.0.113.2 externalip=203.0.113.102
            slice     shop/wide-1 wide       8080/TCP
            endpoint  shop/wide-1 10.244.1.2 node=here
            endpoint  shop/wide-1 10.244.2.2 node=there

            service   shop/near   10.96.0.3  80/TCP:30003 lb=203.0.113.3 externalip=203.0.113.103 etp=local
            slice     shop/near-1 near       8080/TCP
            endpoint  shop/near-1 10.244.1.3 node=here
            endpoint  shop/near-1 10.244.2.3 node=there

            service   shop/far    10.96.0.4  80/TCP:30004 lb=203.0.113.4 etp=local itp=local
            slice     shop/far-1  far        8080/TCP
            endpoint  shop/far-1  10.244.2.4 node=there

            service   shop/inner  10.96.0.5  80/TCP itp=local
            slice     shop/inner-1 inner     8080/TCP
            endpoint  shop/inner-1 10.244.1.5 node=here
            endpoint  shop/inner-1 10.244.2.5 node=there

            service   shop/empty  10.96.0.6  80/TCP:30006 lb=203.0.113.6 externalip=203.0.113.106
            service   shop/void   10.96.0.7  80/TCP:30007 lb=203.0.113.7 etp=local itp=local

            service   shop/fence  10.96.0.8  80/TCP:30008 lb=203.0.113.8 externalip=203.0.113.108 ranges=198.51.100.0/24
            slice     shop/fence-1 fence     8080/TCP
            endpoint  shop/fence-1 10.244.1.8 node=here

            service   shop/gone   10.96.0.9  80/TCP lb=203.0.113.9 ranges=198.51.100.0/24

            service   shop/own    10.96.0.10 80/TCP lb=203.0.113.10 ranges=192.168.0.0/24
            slice     shop/own-1  own        8080/TCP
            endpoint  shop/own-1  10.244.1.10 node=here
            """;

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # from          | to                | verdict                            | because
            10.244.1.9      | 10.96.0.1:80      | 10.244.1.1:8080 10.244.2.1:8080    | a Pod keeps its address
            10.244.2.9      | 10.96.0.1:80      | 10.244.1.1:8080 10.244.2.1:8080    | so does one of another node
            192.168.0.1     | 10.96.0.1:80      | 10.244.1.1:8080* 10.244.2.1:8080*  | the node is no Pod
            198.51.100.9    | 10.96.0.1:80      | 10.244.1.1:8080* 10.244.2.1:8080*  | nor is a client outside
            10.244.1.1      | 10.96.0.1:80      | 10.244.1.1:8080* 10.244.2.1:8080   | one that is sent to itself would answer itself
            10.244.1.9      | 10.96.0.2:80      | 10.244.1.2:8080 10.244.2.2:8080    | inside it is a Service like any other
            10.244.1.9      | 203.0.113.2:80    | 10.244.1.2:8080* 10.244.2.2:8080*  | external traffic is masqueraded under Cluster
            198.51.100.9    | 203.0.113.2:80    | 10.244.1.2:8080* 10.244.2.2:8080*  | likewise
            198.51.100.9    | 203.0.113.102:80  | 10.244.1.2:8080* 10.244.2.2:8080*  | an external IP likewise
            198.51.100.9    | 192.168.0.1:30002 | 10.244.1.2:8080* 10.244.2.2:8080*  | a node port likewise
            192.168.0.1     | 192.168.0.1:30002 | 10.244.1.2:8080* 10.244.2.2:8080*  | for the node too
            198.51.100.9    | 203.0.113.3:80    | 10.244.1.3:8080                    | Local keeps the source
            198.51.100.9    | 203.0.113.103:80  | 10.244.1.3:8080                    | on an external IP
            198.51.100.9    | 192.168.0.1:30003 | 10.244.1.3:8080                    | on a node port
            10.244.1.9      | 203.0.113.3:80    | 10.244.1.3:8080 10.244.2.3:8080    | a Pod is short-circuited to the whole cluster
            10.244.1.3      | 203.0.113.3:80    | 10.244.1.3:8080* 10.244.2.3:8080   | but not to itself with its own address
            192.168.0.1     | 203.0.113.3:80    | 10.244.1.3:8080* 10.244.2.3:8080*  | the node too, masqueraded
            127.0.0.1       | 192.168.0.1:30003 | 10.244.1.3:8080* 10.244.2.3:8080*  | from loopback too
            10.244.1.9      | 10.96.0.3:80      | 10.244.1.3:8080 10.244.2.3:8080    | the external policy is not for the cluster IP
            198.51.100.9    | 203.0.113.4:80    | drop                               | no endpoint on this node
            198.51.100.9    | 192.168.0.1:30004 | drop                               | likewise
            10.244.1.9      | 203.0.113.4:80    | 10.244.2.4:8080                    | a Pod is short-circuited
            192.168.0.1     | 192.168.0.1:30004 | 10.244.2.4:8080*                   | so is the node
            10.244.1.9      | 10.96.0.4:80      | drop                               | the internal policy is Local
            192.168.0.1     | 10.96.0.4:80      | drop                               | for the node as well
            10.244.1.9      | 10.96.0.5:80      | 10.244.1.5:8080                    | the endpoint on this node
            192.168.0.1     | 10.96.0.5:80      | 10.244.1.5:8080*                   | masqueraded as ever
            10.244.1.9      | 10.96.0.6:80      | reject                             | there is no endpoint
            198.51.100.9    | 203.0.113.6:80    | reject                             | likewise
            198.51.100.9    | 203.0.113.106:80  | reject                             | likewise
            198.51.100.9    | 192.168.0.1:30006 | reject                             | likewise
            198.51.100.9    | 203.0.113.7:80    | reject                             | nor is there one on another node
            10.244.1.9      | 10.96.0.7:80      | reject                             | likewise
            198.51.100.9    | 203.0.113.8:80    | 10.244.1.8:8080*                   | the sender is in the range
            192.0.2.9       | 203.0.113.8:80    | drop                               | the sender is not
            10.244.1.9      | 203.0.113.8:80    | drop                               | a Pod is not either
            192.168.0.1     | 203.0.113.8:80    | drop                               | nor is the node
            192.0.2.9       | 203.0.113.108:80  | 10.244.1.8:8080*                   | ranges are for load balancer addresses only
            192.0.2.9       | 192.168.0.1:30008 | 10.244.1.8:8080*                   | likewise
            10.244.1.9      | 10.96.0.8:80      | 10.244.1.8:8080                    | likewise
            192.168.0.1     | 203.0.113.10:80   | 10.244.1.10:8080*                  | the node is in the range
            203.0.113.10    | 203.0.113.10:80   | 10.244.1.10:8080*                  | so it is if it has the address on an interface
            198.51.100.9    | 203.0.113.10:80   | drop                               | but nobody else
            198.51.100.9    | 192.168.7.1:30002 | pass                               | node ports are served on the primary address
            198.51.100.9    | 127.0.0.1:30002   | pass                               | not on loopback
            198.51.100.9    | 192.168.0.2:30002 | pass                               | not on other nodes
            198.51.100.9    | 192.168.0.1:30099 | pass                               | no Service has it
            10.244.1.9      | 10.96.0.1:81      | reject                             | a cluster IP, but no port of it
            10.244.1.9      | 10.96.9.9:80      | drop                               | an address for Services that none has
            10.244.1.9      | 203.0.113.2:81    | pass                               | whatever else listens there
            10.244.1.9      | 192.0.2.77:80     | pass                               | no affair of ours
            """)
    void goesInNftablesForm(String from, String to, String verdict, String because) {
        var rules = rules(RuleConfig.NFTABLES.with(CLUSTER_CIDR));
        assertThat(go(rules, from, to)).as(because).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # from          | to                | verdict                            | because
            198.51.100.9    | 192.168.7.1:30002 | 10.244.1.2:8080* 10.244.2.2:8080*  | all addresses serve node ports
            192.168.0.1     | 127.0.0.1:30002   | 10.244.1.2:8080* 10.244.2.2:8080*  | loopback too
            10.244.1.9      | 10.96.0.1:81      | pass                               | nobody guards the ports of a cluster IP
            10.244.1.9      | 10.96.9.9:80      | pass                               | nor the addresses that no Service has
            192.0.2.9       | 203.0.113.9:80    | reject                             | without an endpoint nobody looks at ranges
            192.0.2.9       | 203.0.113.8:80    | drop                               | with one they are looked at
            """)
    void differsInIptablesForm(String from, String to, String verdict, String because) {
        var rules = rules(RuleConfig.IPTABLES.with(CLUSTER_CIDR));
        assertThat(go(rules, from, to)).as(because).isEqualTo(verdict);
    }

    @Test
    void rangesComeBeforeEndpointsInNftablesForm() {
        var rules = rules(RuleConfig.NFTABLES.with(CLUSTER_CIDR));
        assertThat(go(rules, "192.0.2.9", "203.0.113.9:80")).isEqualTo("drop");
        assertThat(go(rules, "198.51.100.9", "203.0.113.9:80")).isEqualTo("reject");
    }

    @ParameterizedTest(name = "{0}: {1} through {2} to {3}: {4}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # detector  | from         | device | to             | verdict                            | because
            none        | 198.51.100.9 | eth0   | 10.96.0.1:80   | 10.244.1.1:8080 10.244.2.1:8080    | nobody is masqueraded
            none        | 10.244.1.9   | veth1  | 203.0.113.3:80 | 10.244.1.3:8080                    | nor is a Pod told from others
            none        | 192.168.0.1  | none   | 203.0.113.3:80 | 10.244.1.3:8080* 10.244.2.3:8080*  | the node always is
            node        | 10.244.1.9   | veth1  | 10.96.0.1:80   | 10.244.1.1:8080 10.244.2.1:8080    | a Pod of this node
            node        | 10.244.2.9   | eth0   | 10.96.0.1:80   | 10.244.1.1:8080* 10.244.2.1:8080*  | a Pod of another one
            bridge      | 198.51.100.9 | cbr0   | 10.96.0.1:80   | 10.244.1.1:8080 10.244.2.1:8080    | whatever comes through it is a Pod's
            bridge      | 10.244.1.9   | cbr01  | 10.96.0.1:80   | 10.244.1.1:8080* 10.244.2.1:8080*  | another interface
            bridge      | 192.168.0.1  | none   | 10.96.0.1:80   | 10.244.1.1:8080* 10.244.2.1:8080*  | no interface at all
            prefix      | 10.244.1.9   | veth1  | 203.0.113.3:80 | 10.244.1.3:8080 10.244.2.3:8080    | the name begins so
            prefix      | 10.244.1.9   | eth0   | 203.0.113.3:80 | 10.244.1.3:8080                    | it does not
            all         | 10.244.1.9   | veth1  | 10.96.0.1:80   | 10.244.1.1:8080* 10.244.2.1:8080*  | masqueradeAll
            """)
    void tellsPodsApart(String detector, String from, String device, String to, String verdict, String because) {
        var config = RuleConfig.NFTABLES;
        var rules = rules(
                switch (detector == null ? "" : detector) {
                    case "node" -> config.with(new LocalDetector.NodeCidr());
                    case "bridge" -> config.with(new LocalDetector.BridgeInterface("cbr0"));
                    case "prefix" -> config.with(new LocalDetector.InterfaceNamePrefix("veth"));
                    case "all" -> config.with(CLUSTER_CIDR).with(RuleConfig.MasqueradeAll.YES);
                    default -> config;
                });
        var arrival = device == null ? new Packet.Arrival.Local() : new Packet.Arrival.Through(device);
        assertThat(go(rules, from, to, arrival, 0)).as(because).isEqualTo(verdict);
    }

    @Test
    void whoeverSetsTheMarkIsMasqueraded() {
        var rules = rules(RuleConfig.NFTABLES.with(CLUSTER_CIDR));
        var through = new Packet.Arrival.Through("veth1");
        assertThat(go(rules, "10.244.1.9", "192.0.2.77:80", through, MARK)).isEqualTo("pass*");
        assertThat(go(rules, "10.244.1.9", "10.96.0.1:80", through, MARK))
                .isEqualTo("10.244.1.1:8080* 10.244.2.1:8080*");
        assertThat(go(rules, "10.244.1.9", "192.0.2.77:80", through, ~MARK)).isEqualTo("pass");
    }

    @Test
    void nodePortsAreServedWithinTheConfiguredPrefixes() {
        var rules = rules(RuleConfig.IPTABLES.with(new NodePortAddresses.Inside(List.of(Cidr.of("192.168.7.0/24")))));
        assertThat(go(rules, "198.51.100.9", "192.168.7.1:30006")).isEqualTo("reject");
        assertThat(go(rules, "198.51.100.9", "192.168.0.1:30006")).isEqualTo("pass");
    }

    @Test
    void aTraceSaysEachStep() {
        var rules = rules(RuleConfig.NFTABLES.with(CLUSTER_CIDR));
        var packet = packet("192.168.0.1", "203.0.113.10:80", new Packet.Arrival.Local(), 0);
        assertThat(PacketTracer.trace(rules, packet).steps())
                .extracting(step -> step.name() + ": " + step.reason())
                .containsExactly(
                        "FRONTEND: 203.0.113.10:80/TCP is the load balancer IP of shop/own",
                        "SOURCE_RANGES: 192.168.0.1 is among [192.168.0.0/24] and [203.0.113.10]",
                        "CLIENT: 192.168.0.1 is this node's",
                        "ENTRY: one of 1 of the cluster",
                        "MASQUERADE: so that replies come back through this node");
    }

    @Test
    void affinityIsPartOfTheVerdict() {
        var rules = RuleWorld.rules(RuleConfig.NFTABLES, HERE, """
                service   shop/web    10.96.0.1  80/TCP affinity=600
                slice     shop/web-1  web        80/TCP
                endpoint  shop/web-1  10.244.1.1
                """);
        var packet = packet("10.244.1.9", "10.96.0.1:80", new Packet.Arrival.Through("veth1"), 0);
        assertThat(PacketTracer.trace(rules, packet).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Dnat.class,
                        dnat -> assertThat(dnat.affinitySeconds()).isEqualTo(600));
    }

    @Test
    void aPacketOfTheOtherFamilyIsAskedByMistake() {
        var rules = rules(RuleConfig.NFTABLES);
        var packet = new Packet(
                IpAddress.of("fd00::1"), IpAddress.of("fd00::2"), Protocol.TCP, 80, new Packet.Arrival.Local(), 0);
        assertThatThrownBy(() -> PacketTracer.trace(rules, packet)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RuleSet rules(RuleConfig config) {
        var world = new RuleWorld(config, HERE, IpFamily.IPV4);
        world.put(SHOP);
        world.apply(new ClusterDelta.PutServiceCidr(
                new ServiceCidr("kubernetes", new Origin.None(), List.of(Cidr.of("10.96.0.0/16")))));
        return world.rules();
    }

    private static String go(RuleSet rules, String from, String to) {
        var address = IpAddress.of(from);
        return go(
                rules,
                from,
                to,
                HERE.localAddresses().contains(address)
                        ? new Packet.Arrival.Local()
                        : new Packet.Arrival.Through("eth0"),
                0);
    }

    private static String go(RuleSet rules, String from, String to, Packet.Arrival arrival, int mark) {
        return VerdictText.of(
                PacketTracer.trace(rules, packet(from, to, arrival, mark)).verdict());
    }

    private static Packet packet(String from, String to, Packet.Arrival arrival, int mark) {
        int colon = to.lastIndexOf(':');
        return new Packet(
                IpAddress.of(from),
                IpAddress.of(to.substring(0, colon)),
                Protocol.TCP,
                Integer.parseInt(to.substring(colon + 1)),
                arrival,
                mark);
    }
}
