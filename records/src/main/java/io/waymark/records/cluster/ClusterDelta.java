package io.waymark.records.cluster;

/// One change of the cluster. `Put` says what an object is now, whether or not it was there.
public sealed interface ClusterDelta {
    /// @param external none unless the source was asked for it
    /// @param traffic  plain unless the source was asked for it
    record PutService(Service service, ExternalAddresses external, ServiceTraffic traffic) implements ClusterDelta {
        public PutService(Service service) {
            this(service, ExternalAddresses.NONE);
        }

        public PutService(Service service, ExternalAddresses external) {
            this(service, external, ServiceTraffic.PLAIN);
        }
    }

    record RemoveService(NamespacedName name) implements ClusterDelta {}

    record PutSlice(EndpointSlice slice) implements ClusterDelta {}

    record RemoveSlice(NamespacedName name) implements ClusterDelta {}

    record PutNamespace(Namespace namespace) implements ClusterDelta {}

    record RemoveNamespace(String name) implements ClusterDelta {}

    record PutPod(Pod pod) implements ClusterDelta {}

    record RemovePod(NamespacedName name) implements ClusterDelta {}

    record PutNode(Node node) implements ClusterDelta {}

    record RemoveNode(String name) implements ClusterDelta {}

    record PutServiceCidr(ServiceCidr cidr) implements ClusterDelta {}

    record RemoveServiceCidr(String name) implements ClusterDelta {}
}
