package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Which plugins are at work where: the family `coredns_plugin_enabled`, of the blocks that have
/// `prometheus`.
final class EnabledPlugins {
    /// Those that say something about the process or its sockets; for CoreDNS they are not in a chain.
    private static final Set<String> NOT_IN_A_CHAIN = Set.of(
            "bind",
            "debug",
            "grpc_server",
            "health",
            "https",
            "https3",
            "multisocket",
            "pprof",
            "quic",
            "ready",
            "reload",
            "root",
            "timeouts",
            "tls");

    private final List<Block> blocks = new CopyOnWriteArrayList<>();

    private record Block(List<String> servers, List<DomainName> zones, List<String> plugins) {
        private Stream<Reading> readings() {
            return servers.stream()
                    .flatMap(server -> zones.stream()
                            .flatMap(zone -> plugins.stream()
                                    .<Reading>map(plugin ->
                                            new Reading.Value(List.of(server, zone.toString(), "", plugin), 1))));
        }
    }

    EnabledPlugins(Metrics metrics) {
        metrics.collect(
                MetricKind.GAUGE,
                "coredns_plugin_enabled",
                "1 for each plugin of a server and zone.",
                List.of("server", "zone", "view", "name"),
                () -> blocks.stream().flatMap(Block::readings).distinct().toList());
    }

    static EnabledPlugins of(Surroundings around) {
        return around.kept(EnabledPlugins.class, () -> new EnabledPlugins(around.metrics()));
    }

    /// From now on, until the plugin ends.
    void add(Surroundings around) {
        var plugins = around.plugins().stream()
                .filter(plugin -> !NOT_IN_A_CHAIN.contains(plugin))
                .toList();
        var block = new Block(around.servers(), around.zones(), plugins);
        blocks.add(block);
        around.begin(() -> blocks.remove(block));
    }
}
