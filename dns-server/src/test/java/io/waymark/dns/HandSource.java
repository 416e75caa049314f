package io.waymark.dns;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.ClusterText;
import io.waymark.source.ClusterSource;
import io.waymark.source.Freshness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A source that says what a test tells it, on the test's thread.
final class HandSource implements ClusterSource {
    private final ClusterState state = new ClusterState();
    private final List<ClusterDelta> before = new ArrayList<>();
    private final List<ClusterListener> listeners = new ArrayList<>();
    private volatile Freshness freshness = Freshness.NOT_YET;
    private volatile boolean closed;

    @Override
    public synchronized void start(ClusterListener told) {
        if (!listeners.isEmpty()) {
            throw new IllegalStateException("a source is started once");
        }
        listeners.add(told);
        before.forEach(this::tell);
        if (freshness.synced()) {
            told.synced(state);
        }
    }

    /// Brings the objects of the text, when it is started at the earliest; see [ClusterText].
    synchronized HandSource bring(String text) {
        ClusterText.deltas(text).forEach(delta -> {
            before.add(delta);
            tell(delta);
        });
        return this;
    }

    private void tell(ClusterDelta delta) {
        for (var listener : listeners) {
            state.apply(delta).ifPresent(change -> listener.changed(state, change));
        }
    }

    /// Says that everything was brought.
    synchronized void sync() {
        freshness = new Freshness(true, Instant.EPOCH, "");
        listeners.forEach(listener -> listener.synced(state));
    }

    /// Has trouble to tell of.
    void trouble(String trouble) {
        freshness = new Freshness(freshness.synced(), freshness.lastContact(), trouble);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public Freshness freshness() {
        return freshness;
    }

    @Override
    public void close() {
        closed = true;
    }
}
