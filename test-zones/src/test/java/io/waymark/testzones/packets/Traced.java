package io.waymark.testzones.packets;

import io.waymark.proxy.config.ConfigRead;
import io.waymark.proxy.config.FlagReader;
import io.waymark.proxy.rules.RuleBuilder;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.trace.Packet;
import io.waymark.proxy.trace.PacketTracer;
import io.waymark.proxy.trace.SourceAddress;
import io.waymark.proxy.trace.Verdict;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.Protocol;
import io.waymark.source.SourceScope;
import io.waymark.source.directory.DirectoryConfig;
import io.waymark.source.directory.DirectorySource;
import io.waymark.testzones.packets.PacketNode.Pods;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What `trace` says of the flows, in the words in which the parties tell it.
final class Traced {
    private static final Map<String, String> PODS = Map.of(
            "10.244.0.1",
            "pod1",
            "10.244.0.2",
            "pod2",
            "10.244.1.3",
            "pod3",
            "10.244.1.4",
            "pod4",
            "fd00:244::1",
            "pod1",
            "fd00:244::2",
            "pod2",
            "fd00:244:0:1::3",
            "pod3",
            "fd00:244:0:1::4",
            "pod4");

    private final Setup setup;
    private final Map<IpFamily, RuleSet> rules = new LinkedHashMap<>();

    /// Of the objects in a file, on the node `here`.
    /// @param mode whose rules are traced
    Traced(Path objects, Setup setup, String mode) {
        this.setup = setup;
        var state = read(objects);
        var facts = NodeFacts.of(
                state.node("here").orElseThrow(),
                PacketNode.ADDRESSES.stream().map(IpAddress::of).toList());
        var flags = new LinkedHashMap<String, String>();
        flags.put("--proxy-mode", mode);
        setup.flags().forEach(flag -> flags.put(flag.split("=", 2)[0], flag.split("=", 2)[1]));
        var config = ((ConfigRead.Sound) FlagReader.read(flags)).config().rules();
        for (var family : IpFamily.values()) {
            var builder = new RuleBuilder(config, facts, family);
            builder.rebuild(state, facts);
            rules.put(family, builder.rules());
        }
    }

    private static ClusterState read(Path objects) {
        var known = new CompletableFuture<ClusterState>();
        var ranges = DirectoryConfig.DEFAULT
                .withServiceRange(Cidr.of("10.96.0.0/12"))
                .withServiceRange(Cidr.of("fd00:10:96::/112"));
        try (var source = new DirectorySource(List.of(objects), ranges, SourceScope.dataPath("here"))) {
            source.start(new ClusterListener() {
                @Override
                public void changed(ClusterState state, ClusterChange change) {}

                @Override
                public void synced(ClusterState state) {
                    known.complete(state);
                }
            });
            return known.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    /// What a flow's answers must be; empty where more than the rules decides them.
    Optional<String> answers(Flow flow) {
        if (flow.draws() == 0 || flow.protocol().equals("http")) {
            return Optional.empty();
        }
        var to = IpAddress.of(flow.address());
        var from = IpAddress.of(source(flow.from(), to));
        var protocol = Protocol.valueOf(flow.protocol().toUpperCase(java.util.Locale.ROOT));
        var set = rules.get(to.family());
        if (set == null) {
            return Optional.empty();
        }
        var packet = new Packet(from, to, protocol, flow.port(), arrival(flow.from()), 0);
        return switch (PacketTracer.trace(set, packet).verdict()) {
            case Verdict.Dnat dnat -> Optional.of(answers(dnat, from));
            case Verdict.Reject reject -> Optional.of(isDenied(flow) ? "denied" : "refused");
            case Verdict.Drop drop -> Optional.of(isDenied(flow) ? "denied" : "dropped");
            case Verdict.Pass pass -> Optional.empty();
        };
    }

    /// A local process is told at once that its datagram does not leave.
    private static boolean isDenied(Flow flow) {
        return flow.from().equals("node") && flow.protocol().equals("udp");
    }

    private static String answers(Verdict.Dnat dnat, IpAddress from) {
        var answers = new TreeSet<String>();
        for (var target : dnat.targets()) {
            var address = target.backend().address();
            boolean isFour = address.family() == IpFamily.IPV4;
            var seen = target.source() == SourceAddress.KEPT
                    ? from.toString()
                    : PacketNode.MASQUERADED.get(isFour ? 0 : 1);
            answers.add(PODS.get(address.toString()) + " " + seen);
        }
        return String.join(", ", answers);
    }

    /// The node talks to its own addresses from them, and to others from its first.
    private static String source(String from, IpAddress to) {
        boolean isFour = to.family() == IpFamily.IPV4;
        return switch (from) {
            case "client" -> isFour ? "192.0.2.10" : "fd00:192::10";
            case "other" -> "198.51.100.9";
            case "node" ->
                PacketNode.ADDRESSES.contains(to.toString()) || to.isLoopback()
                        ? to.toString()
                        : isFour ? "192.0.2.1" : "fd00:192::1";
            default ->
                PODS.entrySet().stream()
                        .filter(pod -> pod.getValue().equals(from)
                                && IpAddress.of(pod.getKey()).family() == to.family())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        };
    }

    private Packet.Arrival arrival(String from) {
        return switch (from) {
            case "node" -> new Packet.Arrival.Local();
            case "client", "other" -> new Packet.Arrival.Through("client0");
            case "pod1", "pod2" -> new Packet.Arrival.Through(setup.pods() == Pods.BRIDGED ? "br0" : from);
            default -> new Packet.Arrival.Through(from);
        };
    }
}
