package io.waymark.dns;

import io.waymark.dns.corefile.plan.BlockPlan;
import io.waymark.dns.corefile.stage.BindStage;
import io.waymark.dns.corefile.stage.ErrorsStage;
import io.waymark.dns.corefile.stage.ForwardStage;
import io.waymark.dns.corefile.stage.HealthStage;
import io.waymark.dns.corefile.stage.KubernetesStage;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.LogStage;
import io.waymark.dns.corefile.stage.ReadyStage;
import io.waymark.dns.forward.ForwardConfig;
import io.waymark.dns.forward.Forwarder;
import io.waymark.dns.forward.NetworkUpstream;
import io.waymark.dns.forward.ResolverFile;
import io.waymark.dns.forward.Upstream;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.ForwardPlugin;
import io.waymark.dns.pipeline.KubernetesPlugin;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock;
import io.waymark.dns.querylog.ErrorsPlugin;
import io.waymark.dns.querylog.LogPlugin;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.ClusterZone;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.records.zone.ReverseZone;
import io.waymark.records.zone.Zone;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Turns the stages of a compiled server block into plugins at work.
final class BlockAssembly {
    private static final int DNS_PORT = 53;

    private final EventLoops loops;
    private final ClusterFeeds feeds;
    private final QueryLog log;
    private final List<IpAddress> localAddresses;
    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, ServerBlock> blocks = new HashMap<>();

    /// @param localAddresses see [ClusterZoneConfig]
    BlockAssembly(EventLoops loops, ClusterFeeds feeds, QueryLog log, List<IpAddress> localAddresses) {
        this.loops = loops;
        this.feeds = feeds;
        this.log = log;
        this.localAddresses = localAddresses;
    }

    /// The block at work; one and the same at all its addresses.
    ServerBlock block(BlockPlan plan) {
        return blocks.computeIfAbsent(plan.number(), first -> assemble(plan));
    }

    private ServerBlock assemble(BlockPlan plan) {
        boolean recursion = plan.stage(ForwardStage.class).isPresent();
        var plugins = new ArrayList<Plugin>();
        var observers = new ArrayList<Observer>();
        var failureObservers = new ArrayList<Observer>();
        for (var stage : plan.stages()) {
            switch (stage) {
                case LogStage logs -> observers.add(new LogPlugin(logs, log));
                case ErrorsStage errors -> failureObservers.add(new ErrorsPlugin(log));
                case KubernetesStage kubernetes -> plugins.add(plugin(kubernetes, feeds.indexes(plan), recursion));
                case ForwardStage forward ->
                    plugins.add(new ForwardPlugin(forward.from(), forward.except(), forwarder(forward)));
                // These are about the process and its sockets, not about a query.
                case BindStage bind -> {}
                case HealthStage health -> {}
                case ReadyStage ready -> {}
            }
        }
        return new ServerBlock(recursion, plugins, observers, failureObservers);
    }

    private Plugin plugin(KubernetesStage stage, ClusterFeeds.Indexes indexes, boolean recursion) {
        var config = new ClusterZoneConfig(
                stage.primaryZone(),
                stage.answers().ttlSeconds(),
                ClusterFeeds.podMode(stage),
                localAddresses,
                stage.answers().zonal());
        var zones = stage.zones().stream()
                .map(origin -> zone(origin, stage, config, indexes))
                .toList();
        return new KubernetesPlugin(zones, stage.fallthrough().zones(), indexes::isSynced, recursion);
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

    private Forwarder forwarder(ForwardStage stage) {
        var health = stage.health();
        var config = new ForwardConfig(
                switch (stage.policy()) {
                    case RANDOM -> ForwardConfig.Policy.RANDOM;
                    case ROUND_ROBIN -> ForwardConfig.Policy.ROUND_ROBIN;
                    case SEQUENTIAL -> ForwardConfig.Policy.SEQUENTIAL;
                },
                switch (stage.protocol()) {
                    case AS_CLIENT -> ForwardConfig.Protocol.AS_ASKED;
                    case FORCE_TCP -> ForwardConfig.Protocol.FORCE_TCP;
                    case PREFER_UDP -> ForwardConfig.Protocol.PREFER_UDP;
                },
                new ForwardConfig.Probe(health.interval(), health.recursion(), health.domain()),
                health.failsMax(),
                ForwardConfig.DEFAULT.readTimeout(),
                ForwardConfig.DEFAULT.deadline(),
                stage.limits().concurrentMax() == 0
                        ? ForwardConfig.CONCURRENT_DEFAULT
                        : stage.limits().concurrentMax());
        var upstreams = stage.upstreams().stream().flatMap(this::upstreams).toList();
        var forwarder = new Forwarder(config, upstreams, System::nanoTime, random);
        if (health.interval().isPositive()) {
            loops.vertx().setPeriodic(Math.max(1, health.interval().toMillis()), tick -> forwarder.probe());
        }
        return forwarder;
    }

    private Stream<Upstream> upstreams(ForwardStage.Upstream upstream) {
        return switch (upstream) {
            case ForwardStage.Upstream.Server(ListenAddress(var address, var port)) ->
                Stream.of(upstream(address, port));
            case ForwardStage.Upstream.ResolverFile(var path, var at) ->
                ResolverFile.read(Path.of(path), at.toString()).stream().map(address -> upstream(address, DNS_PORT));
        };
    }

    private Upstream upstream(IpAddress address, int port) {
        return new NetworkUpstream(loops, BindAddress.socketAddress(address, port), random);
    }
}
