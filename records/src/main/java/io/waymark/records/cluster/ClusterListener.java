package io.waymark.records.cluster;

/// Told of every change of a [ClusterState], on the one thread that makes the changes. What it
/// publishes from there must be readable by any thread.
public interface ClusterListener {

    /// `state` is as it is after the change; `change` says what was there before.
    void changed(ClusterState state, ClusterChange change);

    /// The state holds everything that the source had when it was first asked. Called once.
    void synced(ClusterState state);
}
