package io.waymark.records.cluster;

import java.util.Optional;

/// What a delta did to a state: the object that was there before and the one that is there now.
/// At least one of the two is present.
public sealed interface ClusterChange {
    record OfService(NamespacedName name, Optional<Service> before, Optional<Service> after) implements ClusterChange {}

    record OfSlice(NamespacedName name, Optional<EndpointSlice> before, Optional<EndpointSlice> after)
            implements ClusterChange {}

    record OfNamespace(String name, Optional<Namespace> before, Optional<Namespace> after) implements ClusterChange {}

    /// A Node, if the source was asked for it.
    record OfNode(String name, Optional<Node> before, Optional<Node> after) implements ClusterChange {}

    record OfServiceCidr(String name, Optional<ServiceCidr> before, Optional<ServiceCidr> after)
            implements ClusterChange {}

    record OfPod(NamespacedName name, Optional<Pod> before, Optional<Pod> after) implements ClusterChange {}
}
