package io.waymark.records.cluster;

import java.util.List;

/// An EndpointSlice (discovery.k8s.io/v1) that belongs to a Service.
/// @param service       the Service in the same namespace that the label
///                      `kubernetes.io/service-name` names, or, of a slice that another cluster
///                      exports, `multicluster.kubernetes.io/service-name`; a slice without the label
///                      belongs to none and is not kept
/// @param ports         empty if the slice has none: then it has addresses, but nothing for SRV
/// @param sourceCluster which cluster of a cluster set exports it, a DNS label; empty for a slice of
///                      the cluster itself
public record EndpointSlice(
        NamespacedName name,
        Origin origin,
        String service,
        List<EndpointPort> ports,
        Endpoints endpoints,
        String sourceCluster) {
    /// Copies the ports.
    public EndpointSlice {
        ports = List.copyOf(ports);
    }

    /// A slice of the cluster itself.
    public EndpointSlice(
            NamespacedName name, Origin origin, String service, List<EndpointPort> ports, Endpoints endpoints) {
        this(name, origin, service, ports, endpoints, "");
    }

    /// The Service it belongs to.
    public NamespacedName serviceName() {
        return new NamespacedName(name.namespace(), service);
    }
}
