package io.waymark.dns.feed;

import io.waymark.dns.feed.ClusterFeeds.Request;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import io.waymark.source.ClusterSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One source and the indexes that it keeps. Told of changes on the source's own thread.
/// Lifecycle: [#start], fed, [#close].
public final class ClusterFeed implements ClusterListener, AutoCloseable {
    private final Request request;
    private final ClusterSource source;
    private final Map<IndexConfig, ClusterIndex> byConfig = new LinkedHashMap<>();
    private final ClusterIndex[] indexes;
    private final CountDownLatch synced = new CountDownLatch(1);

    /// @param source not started
    public ClusterFeed(Request request, Collection<IndexConfig> configs, ClusterSource source) {
        this.request = request;
        this.source = source;
        configs.forEach(config -> byConfig.put(config, new ClusterIndex(config)));
        this.indexes = byConfig.values().toArray(ClusterIndex[]::new);
    }

    public void start() {
        source.start(this);
    }

    public Request request() {
        return request;
    }

    public ClusterSource source() {
        return source;
    }

    public boolean feeds(IndexConfig config) {
        return byConfig.containsKey(config);
    }

    public Optional<ClusterIndex> index(IndexConfig config) {
        return Optional.ofNullable(byConfig.get(config));
    }

    @Override
    public void changed(ClusterState state, ClusterChange change) {
        for (var index : indexes) {
            index.changed(state, change);
        }
    }

    @Override
    public void synced(ClusterState state) {
        for (var index : indexes) {
            index.synced(state);
        }
        synced.countDown();
    }

    /// Waits for the first state; false if it has not come in time.
    public boolean awaitSynced(long nanosMax) throws InterruptedException {
        return synced.await(Math.max(0, nanosMax), TimeUnit.NANOSECONDS);
    }

    /// Why it is not synced; empty if it is.
    public String trouble() {
        if (synced.getCount() == 0) {
            return "";
        }
        var trouble = source.freshness().trouble();
        return trouble.isEmpty() ? "the first list of the cluster's objects is not complete" : trouble;
    }

    @Override
    public void close() {
        source.close();
    }
}
