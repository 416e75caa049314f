package io.waymark.proxy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.gen.Gen;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A packet through rules that followed a cluster meets what the cluster's objects say.
class PlainReadingTest {
    private static final int CHANGES = 1000;
    private static final int PACKETS_PER_CHANGE = 20;

    private static final List<String> SOURCES4 =
            List.of("10.244.0.1", "10.244.0.5", "10.244.9.9", "192.168.0.1", "198.51.100.9", "203.0.113.1");
    private static final List<String> TARGETS4 =
            List.of("10.96.0.0", "10.96.0.1", "10.96.0.3", "10.96.0.9", "203.0.113.1", "203.0.113.2", "192.168.0.1");
    private static final List<String> SOURCES6 = List.of("fd00:244::1", "fd00:244::3", "fd00:192::1", "2001:db8::9");
    private static final List<String> TARGETS6 =
            List.of("fd00:96::1", "fd00:96::4", "fd00:96::f", "fd00:203::1", "fd00:203::2", "fd00:192::1");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 17, 2026})
    void rulesAndObjectsAgree(long seed) {
        agree(seed, IpFamily.IPV4, Cidr.of("10.244.0.0/16"));
        agree(seed, IpFamily.IPV6, Cidr.of("fd00:244::/64"));
    }

    private static void agree(long seed, IpFamily family, Cidr cluster) {
        var gen = Gen.seeded(seed);
        var history = new TrafficHistory(seed);
        var node = history.node();
        var config = RuleConfig.NFTABLES
                .with(new LocalDetector.ClusterCidr(List.of(cluster)))
                .with(new NodePortAddresses.All());
        var world = new RuleWorld(config, node, family);
        var verdicts = new TreeMap<String, Integer>();
        for (int i = 0; i < CHANGES; i++) {
            world.apply(history.next());
            var rules = world.rules();
            var reading = new PlainReading(world.state(), node, cluster);
            for (int p = 0; p < PACKETS_PER_CHANGE; p++) {
                var packet = packet(gen, family);
                var verdict = VerdictText.of(PacketTracer.trace(rules, packet).verdict());
                assertThat(verdict)
                        .as("seed %d, change %d: %s through %s", seed, i, packet, rules)
                        .isEqualTo(reading.verdict(packet));
                verdicts.merge(kind(verdict), 1, Integer::sum);
            }
        }
        assertThat(verdicts).containsOnlyKeys("dnat", "dnat*", "drop", "pass", "reject");
    }

    private static String kind(String verdict) {
        return !verdict.contains(":") ? verdict : verdict.contains("*") ? "dnat*" : "dnat";
    }

    private static Packet packet(Gen gen, IpFamily family) {
        boolean isFour = family == IpFamily.IPV4;
        var from = IpAddress.of(gen.one(isFour ? SOURCES4 : SOURCES6));
        var to = IpAddress.of(gen.one(isFour ? TARGETS4 : TARGETS6));
        int port = gen.oneIn(3) ? 30_000 + gen.below(3) : gen.one(List.of(53, 80));
        return new Packet(from, to, gen.one(List.of(Protocol.values())), port, new Packet.Arrival.Through("eth0"), 0);
    }
}
