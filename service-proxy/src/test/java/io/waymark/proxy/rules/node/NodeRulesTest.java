package io.waymark.proxy.rules.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a configuration comes to on a node with 192.168.0.1, 10.0.0.1 and fd00::1.
class NodeRulesTest {
    private static final NodeFacts NODE = new NodeFacts(
            "here",
            "",
            addresses("10.0.0.1 fd00::1"),
            List.of(Cidr.of("fd00:244::/64")),
            addresses("127.0.0.1 ::1 192.168.0.1 10.0.0.1 fd00::1"));

    @ParameterizedTest(name = "{0} with {1}, {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # configured                | loopback   | family | targets              | because
            all                         | SERVED     | IPV4   | every, SERVED        | the default of iptables mode
            all                         | SERVED     | IPV6   | every, NOT_SERVED    | IPv6 has no route_localnet
            all                         | NOT_SERVED | IPV4   | every, NOT_SERVED    | asked for
            primary                     | NOT_SERVED | IPV4   | 10.0.0.1             | by which the cluster knows the node
            primary                     | NOT_SERVED | IPV6   | fd00::1              | of each family
            192.168.0.0/16              | SERVED     | IPV4   | 192.168.0.1          | what is in the prefix
            192.168.0.0/16 10.0.0.0/8   | SERVED     | IPV4   | 10.0.0.1 192.168.0.1 | or in any of them
            192.168.0.0/16              | SERVED     | IPV6   | every, NOT_SERVED    | no prefix of the family: all
            172.16.0.0/12               | SERVED     | IPV4   | none                 | the node has none such
            127.0.0.0/8                 | SERVED     | IPV4   | 127.0.0.1            | loopback if it is served
            127.0.0.0/8 10.0.0.0/8      | NOT_SERVED | IPV4   | 10.0.0.1             | not if it is not
            0.0.0.0/0 10.0.0.0/8        | NOT_SERVED | IPV4   | every, NOT_SERVED    | a prefix that holds all
            """)
    void servesNodePorts(
            String configured, NodePortTargets.Loopback loopback, IpFamily family, String targets, String because) {
        var config = new RuleConfig(
                new LocalDetector.None(),
                RuleConfig.MasqueradeAll.NO,
                0x4000,
                configured(configured),
                loopback,
                RuleConfig.Form.IPTABLES);
        var text = switch (NodeRules.of(config, NODE, List.of(), family).nodePorts()) {
            case NodePortTargets.EveryLocal(var served) -> "every, " + served;
            case NodePortTargets.Only(var only) ->
                only.isEmpty()
                        ? null
                        : String.join(
                                " ", only.stream().map(IpAddress::toString).toList());
        };
        assertThat(text).as(because).isEqualTo(targets);
    }

    private static NodePortAddresses configured(String text) {
        return switch (text) {
            case "all" -> new NodePortAddresses.All();
            case "primary" -> new NodePortAddresses.Primary();
            default ->
                new NodePortAddresses.Inside(
                        Arrays.stream(text.split(" ")).map(Cidr::of).toList());
        };
    }

    @ParameterizedTest(name = "{0} in {1}: {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # detector    | family | pods                              | masquerade | because
            none          | IPV4   | Nobody[]                          | NEVER      | nobody is told from others
            cluster       | IPV4   | SourceIn[cidr=10.244.0.0/16]      | UNLESS_POD | the range of the family
            cluster       | IPV6   | Nobody[]                          | NEVER      | none of this family is configured
            node          | IPV4   | Nobody[]                          | NEVER      | the node has none yet
            node          | IPV6   | SourceIn[cidr=fd00:244::/64]      | UNLESS_POD | the node's own
            bridge        | IPV6   | ArrivesBy[device=cbr0]            | UNLESS_POD | the same in both families
            prefix        | IPV4   | ArrivesByAny[prefix=veth]         | UNLESS_POD | the same in both families
            all           | IPV4   | Nobody[]                          | ALWAYS     | masqueradeAll
            """)
    void detectsPods(String detector, IpFamily family, String pods, Masquerade masquerade, String because) {
        var config = RuleConfig.NFTABLES;
        var rules = NodeRules.of(
                switch (detector) {
                    case "cluster" -> config.with(new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"))));
                    case "node" -> config.with(new LocalDetector.NodeCidr());
                    case "bridge" -> config.with(new LocalDetector.BridgeInterface("cbr0"));
                    case "prefix" -> config.with(new LocalDetector.InterfaceNamePrefix("veth"));
                    case "all" -> config.with(RuleConfig.MasqueradeAll.YES);
                    default -> config;
                },
                NODE,
                List.of(),
                family);
        assertThat(rules.pods().toString()).as(because).isEqualTo(pods);
        assertThat(rules.internalMasquerade()).as(because).isEqualTo(masquerade);
    }

    private static List<IpAddress> addresses(String text) {
        return Arrays.stream(text.split(" ")).map(IpAddress::of).toList();
    }
}
