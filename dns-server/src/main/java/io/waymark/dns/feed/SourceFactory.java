package io.waymark.dns.feed;

import io.waymark.dns.plugin.kubernetes.ApiAccess;
import io.waymark.dns.plugin.kubernetes.KubernetesStage.ApiLimits;
import io.waymark.source.ClusterSource;
import io.waymark.source.SourceObserver;
import io.waymark.source.SourceScope;

/// Makes the sources that the `kubernetes` plugins need: of an API server, or of manifests.
@FunctionalInterface
public interface SourceFactory {

    /// A source that is not started yet. Asked once for each distinct three. Throws a
    /// [io.waymark.source.SourceException] if it cannot be had.
    /// @param api    as the Corefile says; of no meaning for manifests, and so are its limits
    /// @param limits   how hard the API may be asked
    /// @param observer told what the source does, if it has something to tell
    ClusterSource create(ApiAccess api, ApiLimits limits, SourceScope scope, SourceObserver observer);
}
