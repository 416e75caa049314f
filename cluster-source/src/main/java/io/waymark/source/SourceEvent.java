package io.waymark.source;

import io.waymark.records.cluster.NamespacedName;
import java.time.Duration;

/// Something that a source has done. `host` is the origin's `name:port`.
public sealed interface SourceEvent {

    /// A request was answered with this HTTP status; 0 if it got no answer.
    record Requested(String host, int status) implements SourceEvent {}

    /// A list was read to its end, so long after it was asked for.
    record ListRead(String host, Duration after) implements SourceEvent {}

    /// A request had to wait so long for the limits on requests.
    record Paced(String host, Duration waited) implements SourceEvent {}

    /// The listener has been told of a change, so long after its event was read.
    /// @param kind as in RBAC rules: `endpointslices`
    record Servable(String kind, Duration after) implements SourceEvent {}

    /// The listener has been told of a change, so long after it was made in the cluster: by the clock
    /// of `clock` then, and by ours now.
    record Programmed(ServiceKind kind, ChangeTime.Clock clock, Duration after) implements SourceEvent {}

    /// An object, or a part of it, is left out, for it cannot be served. Told once for each problem, however
    /// often the object comes by, and of a bounded number of them.
    /// @param kind    as in the API: `EndpointSlice`
    /// @param name    without a namespace if it lies in none
    /// @param problem what is wrong, in one line; may hold text out of the object
    record LeftOut(String kind, NamespacedName name, String problem) implements SourceEvent {}

    /// Which kind of Service a change is about.
    enum ServiceKind {
        CLUSTER_IP,
        /// Its slices come from the endpoint slice controller.
        HEADLESS_WITH_SELECTOR,
        /// Its slices are made by somebody else.
        HEADLESS_WITHOUT_SELECTOR,
        EXTERNAL_NAME
    }
}
