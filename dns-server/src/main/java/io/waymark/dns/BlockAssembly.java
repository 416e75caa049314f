package io.waymark.dns;

import io.waymark.dns.feed.ClusterFeeds;
import io.waymark.dns.pipeline.NamedPlugin;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import io.waymark.dns.pipeline.ServerBlock;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plan.BlockPlan;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.StandingStage;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.dns.plugin.kubernetes.KubernetesMetadata;
import io.waymark.dns.plugin.kubernetes.KubernetesPlugin;
import io.waymark.dns.plugin.kubernetes.KubernetesStage;
import io.waymark.dns.plugin.kubernetes.Manner;
import io.waymark.dns.plugin.kubernetes.ServedCluster;
import io.waymark.dns.plugin.prometheus.PrometheusStage;
import io.waymark.dns.plugin.prometheus.Traffic;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.ClusterZone;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.records.zone.ReverseZone;
import io.waymark.records.zone.Zone;
import io.waymark.records.zone.compat.CoreDnsZone;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Turns the stages of a compiled server block into plugins at work.
final class BlockAssembly {
    private final GenerationParts generation;
    private final Map<Integer, ServerBlock> blocks = new HashMap<>();

    BlockAssembly(GenerationParts generation) {
        this.generation = generation;
    }

    /// The block at work; one and the same at all its addresses.
    ServerBlock block(BlockPlan block) {
        return blocks.computeIfAbsent(block.number(), first -> assemble(block));
    }

    /// What answers at a server for names that are in none of its zones.
    Served elsewhere(String server) {
        boolean counted = generation.plan().blocks().stream()
                .anyMatch(block -> block.stage(PrometheusStage.class).isPresent());
        var metrics = generation.process().metrics();
        List<Observer> observers = counted
                ? List.of(generation
                        .parts()
                        .kept(Traffic.class, () -> new Traffic(metrics))
                        .dropped(server))
                : List.of();
        return new Served(server, DomainName.ROOT, ServerBlock.refusing(observers));
    }

    private ServerBlock assemble(BlockPlan block) {
        var traits = traits(block);
        var plugins = new ArrayDeque<NamedPlugin>();
        var observers = new ArrayDeque<Observer>();
        var failureObservers = new ArrayDeque<Observer>();
        var around = new BlockSurroundings(block, generation, plugins);
        // The last first: a plugin may look for one behind it.
        for (var stage : block.stages().reversed()) {
            switch (stage) {
                case ObservingStage observing ->
                    (observing.failuresOnly() ? failureObservers : observers).addFirst(observing.start(around));
                case StandingStage standing -> standing.start(around);
                case AnsweringStage answering ->
                    plugins.addFirst(new NamedPlugin(stage.plugin(), answering.start(around)));
                case KubernetesStage kubernetes ->
                    plugins.addFirst(new NamedPlugin(
                            stage.plugin(),
                            plugin(kubernetes, generation.feeds().indexes(block), traits.recursion())));
                // Others are about the process and its sockets, not about a query.
                default -> {}
            }
        }
        return new ServerBlock(traits, List.copyOf(plugins), List.copyOf(observers), List.copyOf(failureObservers));
    }

    private static Traits traits(BlockPlan block) {
        var traits = Traits.PLAIN;
        for (var stage : block.stages()) {
            traits = stage instanceof TraitStage said ? said.on(traits) : traits;
        }
        return traits;
    }

    private Plugin plugin(KubernetesStage stage, ClusterFeeds.Indexes indexes, boolean recursion) {
        var config = new ClusterZoneConfig(
                stage.primaryZone(),
                stage.answers().ttlSeconds(),
                ClusterFeeds.podMode(stage),
                generation.localAddresses(),
                stage.answers().zonal());
        var zones = stage.zones().stream()
                .map(origin -> dressed(zone(origin, stage, config, indexes), stage))
                .toList();
        var cluster = new ServedCluster(
                indexes.cluster(), indexes::isSynced, stage.primaryZone(), generation.localAddresses());
        return new KubernetesPlugin(
                zones,
                stage.fallthrough().zones(),
                cluster,
                new Manner(recursion, stage.answers().compat()),
                new KubernetesMetadata(stage, cluster));
    }

    private static Zone dressed(Zone zone, KubernetesStage stage) {
        return switch (stage.answers().compat()) {
            case NONE -> zone;
            case COREDNS -> {
                boolean set = stage.multicluster().contains(zone.origin());
                var forward = set ? CoreDnsZone.Kind.CLUSTER_SET : CoreDnsZone.Kind.CLUSTER;
                yield new CoreDnsZone(zone, ReverseZone.isReverse(zone.origin()) ? CoreDnsZone.Kind.REVERSE : forward);
            }
        };
    }

    private static Zone zone(
            DomainName origin, KubernetesStage stage, ClusterZoneConfig config, ClusterFeeds.Indexes indexes) {
        if (stage.multicluster().contains(origin)) {
            // The Pods of other clusters have no names, and its name server is its own.
            var own = new ClusterZoneConfig(origin, config.ttl(), PodMode.DISABLED, config.localAddresses());
            return new ClusterZone(origin, own, indexes.clusterSet());
        }
        return ReverseZone.isReverse(origin)
                ? new ReverseZone(origin, config, indexes.cluster())
                : new ClusterZone(origin, config, indexes.cluster());
    }
}
