package io.waymark.dns.feed;

import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.plan.BlockPlan;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.k8sexternal.ExternalStage;
import io.waymark.dns.plugin.kubernetes.ApiAccess;
import io.waymark.dns.plugin.kubernetes.KubernetesStage;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.ApiLimits;
import io.waymark.dns.plugin.metadata.MetadataStage;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The way of the cluster's objects into the server: one source for each distinct origin and scope,
/// and an index for each distinct choice among its objects, however many `kubernetes` plugins read
/// them. Those that a reload does not touch go on as they are and are not listed again.
/// Any thread.
public final class ClusterFeeds {
    private final SourceFactory factory;
    private final ClusterMetrics metrics;
    private final List<ClusterFeed> live = new ArrayList<>();
    private final Map<ClusterFeed, Integer> claims = new HashMap<>();

    /// What tells two sources apart.
    public record Request(ApiAccess api, ApiLimits limits, SourceScope scope) {}

    /// @param metrics where requests, delays and the age of the data are shown
    /// @param clock   what that age is measured with
    public ClusterFeeds(SourceFactory factory, Metrics metrics, InstantSource clock) {
        this.factory = factory;
        this.metrics = new ClusterMetrics(metrics, clock);
    }

    /// Claims what the plugins of a plan read. Starts the sources that are not there yet, and returns
    /// without waiting for their objects. Throws a [io.waymark.source.SourceException] if one cannot be
    /// had; then nothing is claimed.
    public synchronized FeedClaim claim(ServerPlan plan) {
        var claim = new FeedClaim(this);
        try {
            needs(plan).forEach((request, configs) -> claim(claim, request, configs));
        } catch (RuntimeException failure) {
            claim.close();
            throw failure;
        }
        for (var block : plan.blocks()) {
            block.stage(KubernetesStage.class).ifPresent(stage -> claim.read(block, stage));
        }
        return claim;
    }

    private static Map<Request, Set<IndexConfig>> needs(ServerPlan plan) {
        var needs = new LinkedHashMap<Request, Set<IndexConfig>>();
        for (var block : plan.blocks()) {
            block.stage(KubernetesStage.class).ifPresent(stage -> {
                need(needs, block, stage, Reach.CLUSTER);
                if (!stage.multicluster().isEmpty()) {
                    need(needs, block, stage, Reach.CLUSTER_SET);
                }
            });
        }
        return needs;
    }

    private static void need(
            Map<Request, Set<IndexConfig>> needs, BlockPlan block, KubernetesStage stage, Reach reach) {
        needs.computeIfAbsent(request(block, stage, reach), first -> new LinkedHashSet<>())
                .add(index(stage));
    }

    // A source feeds the indexes that it was started with: its state is its own thread's, so one that
    // comes later has a source of its own.
    private void claim(FeedClaim claim, Request request, Set<IndexConfig> configs) {
        var missing = new LinkedHashSet<>(configs);
        for (var feed : live) {
            if (feed.request().equals(request) && missing.removeIf(feed::feeds)) {
                add(claim, feed);
            }
        }
        if (!missing.isEmpty()) {
            var feed = new ClusterFeed(
                    request, missing, factory.create(request.api(), request.limits(), request.scope(), metrics));
            live.add(feed);
            showAge();
            add(claim, feed);
            feed.start();
        }
    }

    private void add(FeedClaim claim, ClusterFeed feed) {
        claims.merge(feed, 1, Integer::sum);
        claim.add(feed);
    }

    /// Ends the source if nobody else has a claim on it.
    public void release(ClusterFeed feed) {
        if (isLast(feed)) {
            feed.close();
        }
    }

    private synchronized boolean isLast(ClusterFeed feed) {
        boolean last = claims.merge(feed, -1, Integer::sum) == 0;
        if (last) {
            claims.remove(feed);
            live.remove(feed);
            showAge();
        }
        return last;
    }

    private void showAge() {
        metrics.showAge(live.stream().map(ClusterFeed::source).toList());
    }

    public static Request request(BlockPlan block, KubernetesStage stage, Reach reach) {
        boolean pods = reach == Reach.CLUSTER && podMode(stage) == PodMode.VERIFIED;
        return new Request(
                stage.api(),
                stage.limits(),
                new SourceScope(
                        reach,
                        stage.scope().endpoints(),
                        pods,
                        pods && block.stage(MetadataStage.class).isPresent(),
                        stage.answers().endpointPodNames(),
                        reach == Reach.CLUSTER
                                && block.stage(ExternalStage.class).isPresent(),
                        stage.scope().labels(),
                        stage.scope().namespaceLabels()));
    }

    public static IndexConfig index(KubernetesStage stage) {
        return new IndexConfig(
                stage.scope().namespaces(),
                stage.answers().endpointPodNames(),
                !stage.answers().ignoreEmptyService());
    }

    public static PodMode podMode(KubernetesStage stage) {
        return PodMode.valueOf(stage.answers().pods().name());
    }

    /// What one plugin reads: the cluster, and what its cluster set exports. The second is empty, and
    /// nothing feeds it, if there is no such zone.
    public record Indexes(ClusterIndex cluster, ClusterIndex clusterSet, boolean hasClusterSet) {
        public boolean isSynced() {
            return cluster.isSynced() && (!hasClusterSet || clusterSet.isSynced());
        }
    }
}
