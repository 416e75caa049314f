package io.waymark.source;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import java.util.Map;

/// What the source under test reads, and the user who changes it: a directory with an editor, an
/// API server with kubectl. The [ClusterSourceContract] makes one for each test and closes it.
public interface SourceWorld extends AutoCloseable {

    /// A new source on this world, not started. The caller closes it.
    ClusterSource open(SourceScope scope);

    /// Does to the world what the delta says. A put object has these labels; a slice also has the
    /// one that names its Service.
    void make(ClusterDelta delta, Map<String, String> labels);

    /// As [#make(ClusterDelta, Map)], without labels.
    default void make(ClusterDelta delta) {
        make(delta, Map.of());
    }

    /// Puts a Service whose clusterIP is no address, which no source can deliver.
    void makeImpossible(NamespacedName service);

    @Override
    void close();
}
