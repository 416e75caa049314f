package io.waymark.dns;

import io.waymark.dns.corefile.plan.BlockPlan;
import io.waymark.dns.corefile.plan.ServerPlan;
import io.waymark.dns.health.Readiness;
import io.waymark.dns.plugin.kubernetes.ApiAccess;
import io.waymark.dns.plugin.kubernetes.KubernetesStage;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.ApiLimits;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import io.waymark.records.zone.PodMode;
import io.waymark.source.ClusterSource;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The way of the cluster's objects into the server: one index for each `kubernetes` plugin, a
/// second one if it has zones of a cluster set, and one source for each distinct origin and scope,
/// however many plugins it feeds.
/// Lifecycle: [#start], fed, [#close].
final class ClusterFeeds implements AutoCloseable {
    private final Map<Request, Feed> distinct = new LinkedHashMap<>();
    private final Map<Integer, Indexes> indexes = new LinkedHashMap<>();

    /// What one plugin reads: the cluster, and what its cluster set exports. The second is empty, and
    /// nothing feeds it, if there is no such zone.
    record Indexes(ClusterIndex cluster, ClusterIndex clusterSet, boolean hasClusterSet) {
        boolean isSynced() {
            return cluster.isSynced() && (!hasClusterSet || clusterSet.isSynced());
        }
    }

    /// What tells two sources apart.
    private record Request(ApiAccess api, ApiLimits limits, SourceScope scope) {}

    private ClusterFeeds() {}

    /// Starts every source and returns without waiting for the first objects.
    static ClusterFeeds start(ServerPlan plan, SourceFactory factory) {
        var feeds = new ClusterFeeds();
        try {
            for (var block : plan.blocks()) {
                block.stage(KubernetesStage.class).ifPresent(stage -> feeds.add(block, stage, factory));
            }
            feeds.distinct.values().forEach(feed -> feed.source.start(feed));
            return feeds;
        } catch (RuntimeException failure) {
            feeds.close();
            throw failure;
        }
    }

    private void add(BlockPlan block, KubernetesStage stage, SourceFactory factory) {
        boolean hasClusterSet = !stage.multicluster().isEmpty();
        var own = new Indexes(index(stage), index(stage), hasClusterSet);
        feed(own.cluster, stage, Reach.CLUSTER, factory);
        if (hasClusterSet) {
            feed(own.clusterSet, stage, Reach.CLUSTER_SET, factory);
        }
        indexes.put(block.number(), own);
    }

    private static ClusterIndex index(KubernetesStage stage) {
        return new ClusterIndex(new IndexConfig(
                stage.scope().namespaces(),
                stage.answers().endpointPodNames(),
                !stage.answers().ignoreEmptyService()));
    }

    private void feed(ClusterIndex index, KubernetesStage stage, Reach reach, SourceFactory factory) {
        var feed = distinct.computeIfAbsent(
                new Request(stage.api(), stage.limits(), scope(stage, reach)),
                request -> new Feed(factory.create(request.api(), request.limits(), request.scope())));
        feed.indexes.add(index);
        feed.startupTimeout = longer(feed.startupTimeout, stage.startupTimeout());
    }

    private static SourceScope scope(KubernetesStage stage, Reach reach) {
        return new SourceScope(
                reach,
                stage.scope().endpoints(),
                reach == Reach.CLUSTER && podMode(stage) == PodMode.VERIFIED,
                stage.answers().endpointPodNames(),
                stage.scope().labels(),
                stage.scope().namespaceLabels());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    static PodMode podMode(KubernetesStage stage) {
        return PodMode.valueOf(stage.answers().pods().name());
    }

    /// What is read by a block that has a `kubernetes` plugin.
    Indexes indexes(BlockPlan block) {
        var index = indexes.get(block.number());
        if (index == null) {
            throw new IllegalStateException("block " + block.number() + " has no kubernetes plugin");
        }
        return index;
    }

    /// Waits until every source has delivered its first state, but for none longer than the
    /// `startup_timeout` of its plugins; says whether all have.
    boolean awaitSynced() {
        long began = System.nanoTime();
        boolean all = true;
        try {
            for (var feed : distinct.values()) {
                long left = feed.startupTimeout.toNanos() - (System.nanoTime() - began);
                all &= feed.synced.await(Math.max(0, left), TimeUnit.NANOSECONDS);
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was waited for", interrupted);
        }
    }

    /// Why the sources that are not synced are not; empty if all are.
    String trouble() {
        return distinct.values().stream()
                .map(Feed::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /// What there is to say about readiness.
    List<Readiness.Part> parts() {
        return distinct.values().stream()
                .map(feed -> new Readiness.Part("kubernetes", feed::trouble))
                .toList();
    }

    @Override
    public void close() {
        distinct.values().forEach(feed -> feed.source.close());
    }

    /// One source and those who read from it. Told of changes on the source's own thread.
    private static final class Feed implements ClusterListener {
        private final ClusterSource source;
        private final List<ClusterIndex> indexes = new ArrayList<>();
        private final CountDownLatch synced = new CountDownLatch(1);
        private Duration startupTimeout = Duration.ZERO;

        Feed(ClusterSource source) {
            this.source = source;
        }

        @Override
        public void changed(ClusterState state, ClusterChange change) {
            for (int i = 0; i < indexes.size(); i++) {
                indexes.get(i).changed(state, change);
            }
        }

        @Override
        public void synced(ClusterState state) {
            indexes.forEach(index -> index.synced(state));
            synced.countDown();
        }

        String trouble() {
            if (synced.getCount() == 0) {
                return "";
            }
            var trouble = source.freshness().trouble();
            return trouble.isEmpty() ? "the first list of the cluster's objects is not complete" : trouble;
        }
    }
}
