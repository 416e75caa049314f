package io.waymark.source;

import io.waymark.records.cluster.ClusterListener;

/// Where Services, EndpointSlices, Namespaces and Pods come from. Owns one state of the cluster
/// and the one thread that changes it.
///
/// Lifecycle: [#start] once, deltas until [#close]. The listener is called on the source's own
/// thread only; what it throws is a defect of ours and ends the process.
public interface ClusterSource extends AutoCloseable {

    /// Begins to read, and returns without waiting for the first state. An origin that cannot be
    /// reached is no error here: it is tried again for ever and shows in [#freshness].
    void start(ClusterListener listener);

    /// How far the state can be trusted now. Any thread may ask.
    Freshness freshness();

    /// Ends the watch and the thread. The listener is not called after it returned.
    @Override
    void close();
}
