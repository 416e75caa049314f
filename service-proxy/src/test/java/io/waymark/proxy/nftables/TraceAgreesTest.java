package io.waymark.proxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.TestNamespace;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.TrafficHistory;
import io.waymark.proxy.rules.node.LocalDetector;
import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.proxy.trace.Packet;
import io.waymark.proxy.trace.PacketTracer;
import io.waymark.proxy.trace.VerdictText;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.gen.Gen;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two thousand generated clusters in a real kernel, each one change from the one before: where the elements
/// that are read back lead a packet, there `trace` says that it goes. That the kernel follows them so is seen
/// by real packets elsewhere (`PacketsTest`, and the differential test beside kube-proxy).
class TraceAgreesTest {
    private static final int CHANGES = 350;
    private static final int PACKETS = 30;
    private static final List<String> SOURCES4 =
            List.of("10.244.0.1", "10.244.0.5", "10.244.9.9", "192.168.0.1", "198.51.100.9", "203.0.113.1");
    private static final List<String> TARGETS4 = List.of(
            "10.96.0.0",
            "10.96.0.1",
            "10.96.0.3",
            "10.96.0.5",
            "10.96.17.9",
            "203.0.113.1",
            "203.0.113.2",
            "192.168.0.1",
            "192.168.0.2",
            "127.0.0.1");
    private static final List<String> SOURCES6 = List.of("fd00:244::1", "fd00:244::3", "fd00:192::1", "2001:db8::9");
    private static final List<String> TARGETS6 =
            List.of("fd00:96::1", "fd00:96::4", "fd00:96::f", "fd00:203::1", "fd00:203::2", "fd00:192::1");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 24, 2027})
    void elementsReadBackLeadWhereTraceSays(long seed) {
        try (var namespace = TestNamespace.make()) {
            var verdicts = namespace.run(() -> live(seed));
            assertThat(verdicts).containsOnlyKeys("dnat", "dnat*", "drop", "pass", "reject");
        }
    }

    private static TreeMap<String, Integer> live(long seed) throws Exception {
        var gen = Gen.seeded(seed);
        var history = new TrafficHistory(seed);
        var node = history.node();
        var detector = new LocalDetector.ClusterCidr(List.of(Cidr.of("10.244.0.0/16"), Cidr.of("fd00:244::/64")));
        var config = RuleConfig.NFTABLES.with(detector);
        config = seed % 2 == 0 ? config : config.with(new NodePortAddresses.All());
        var worlds = List.of(new RuleWorld(config, node, IpFamily.IPV4), new RuleWorld(config, node, IpFamily.IPV6));
        var verdicts = new TreeMap<String, Integer>();
        try (var applier = NftApplier.open(Ownership.NONE);
                var socket = NetlinkSocket.netfilter()) {
            var reader = new NftReader(socket);
            applier.start(worlds.stream().map(RuleWorld::rules).toList());
            for (int i = 0; i < CHANGES; i++) {
                var delta = history.next();
                applier.apply(worlds.stream().map(world -> world.apply(delta)).toList());
                for (var world : worlds) {
                    agree(
                            world,
                            new KernelReading(reader, world.rules().node()),
                            gen,
                            verdicts,
                            seed + ", change " + i);
                }
            }
        }
        return verdicts;
    }

    private static void agree(
            RuleWorld world, KernelReading kernel, Gen gen, TreeMap<String, Integer> verdicts, String where) {
        var rules = world.rules();
        for (int p = 0; p < PACKETS; p++) {
            var packet = packet(gen, rules.node().family());
            var said = KernelReading.sorted(
                    VerdictText.of(PacketTracer.trace(rules, packet).verdict()));
            assertThat(kernel.verdict(packet))
                    .as("seed %s: %s through %s", where, packet, rules)
                    .isEqualTo(said);
            verdicts.merge(!said.contains(":") ? said : said.contains("*") ? "dnat*" : "dnat", 1, Integer::sum);
        }
    }

    private static Packet packet(Gen gen, IpFamily family) {
        boolean isFour = family == IpFamily.IPV4;
        var from = IpAddress.of(gen.one(isFour ? SOURCES4 : SOURCES6));
        var to = IpAddress.of(gen.one(isFour ? TARGETS4 : TARGETS6));
        int port = gen.oneIn(3) ? 30_000 + gen.below(3) : gen.one(List.of(53, 80));
        return new Packet(from, to, gen.one(List.of(Protocol.values())), port, new Packet.Arrival.Through("eth0"), 0);
    }
}
