package io.waymark.records.cluster;

/// One change of the cluster. `Put` says what an object is now, whether or not it was there.
public sealed interface ClusterDelta {
    record PutService(Service service) implements ClusterDelta {}

    record RemoveService(NamespacedName name) implements ClusterDelta {}

    record PutSlice(EndpointSlice slice) implements ClusterDelta {}

    record RemoveSlice(NamespacedName name) implements ClusterDelta {}

    record PutNamespace(Namespace namespace) implements ClusterDelta {}

    record RemoveNamespace(String name) implements ClusterDelta {}

    record PutPod(Pod pod) implements ClusterDelta {}

    record RemovePod(NamespacedName name) implements ClusterDelta {}
}
