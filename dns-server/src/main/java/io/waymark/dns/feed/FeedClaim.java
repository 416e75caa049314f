package io.waymark.dns.feed;

import io.waymark.dns.feed.ClusterFeeds.Indexes;
import io.waymark.dns.feed.ClusterFeeds.Request;
import io.waymark.dns.health.Readiness;
import io.waymark.dns.plan.BlockPlan;
import io.waymark.dns.plugin.kubernetes.KubernetesStage;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import io.waymark.source.SourceScope.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The feeds that one generation of plugins reads. Confined to the thread that starts the
/// generation, until it is complete.
public final class FeedClaim implements AutoCloseable {
    private final ClusterFeeds feeds;
    private final List<ClusterFeed> claimed = new ArrayList<>();
    private final Map<Integer, Indexes> byBlock = new LinkedHashMap<>();
    private final Map<ClusterFeed, Duration> patience = new LinkedHashMap<>();

    public FeedClaim(ClusterFeeds feeds) {
        this.feeds = feeds;
    }

    public void add(ClusterFeed feed) {
        claimed.add(feed);
    }

    public void read(BlockPlan block, KubernetesStage stage) {
        boolean hasClusterSet = !stage.multicluster().isEmpty();
        var config = ClusterFeeds.index(stage);
        byBlock.put(
                block.number(),
                new Indexes(
                        index(ClusterFeeds.request(block, stage, Reach.CLUSTER), config, stage),
                        hasClusterSet
                                ? index(ClusterFeeds.request(block, stage, Reach.CLUSTER_SET), config, stage)
                                : new ClusterIndex(config),
                        hasClusterSet));
    }

    private ClusterIndex index(Request request, IndexConfig config, KubernetesStage stage) {
        for (var feed : claimed) {
            var index = feed.request().equals(request) ? feed.index(config) : Optional.<ClusterIndex>empty();
            if (index.isPresent()) {
                patience.merge(feed, stage.startupTimeout(), FeedClaim::longer);
                return index.get();
            }
        }
        throw new IllegalStateException("nothing feeds " + request);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /// What is read by a block that has a `kubernetes` plugin.
    public Indexes indexes(BlockPlan block) {
        var indexes = byBlock.get(block.number());
        if (indexes == null) {
            throw new IllegalStateException("block " + block.number() + " has no kubernetes plugin");
        }
        return indexes;
    }

    /// Waits until every source has delivered its first state, but for none longer than the
    /// `startup_timeout` of its plugins; says whether all have.
    public boolean awaitSynced() {
        long began = System.nanoTime();
        boolean all = true;
        try {
            for (var feed : claimed) {
                long max = patience.getOrDefault(feed, Duration.ZERO).toNanos();
                all &= feed.awaitSynced(max - (System.nanoTime() - began));
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was waited for", interrupted);
        }
    }

    /// Why the sources that are not synced are not; empty if all are.
    public String trouble() {
        return claimed.stream()
                .map(ClusterFeed::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /// What there is to say about readiness.
    public List<Readiness.Part> parts() {
        return claimed.stream()
                .map(feed -> new Readiness.Part("kubernetes", feed::trouble))
                .toList();
    }

    /// Ends the sources that nobody else reads. To be called once.
    @Override
    public void close() {
        claimed.forEach(feeds::release);
        claimed.clear();
    }
}
