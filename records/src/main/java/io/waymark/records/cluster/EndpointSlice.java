package io.waymark.records.cluster;

import java.util.List;

/// An EndpointSlice (discovery.k8s.io/v1) that belongs to a Service.
/// @param service the Service in the same namespace that the label `kubernetes.io/service-name`
///                names; a slice without the label belongs to none and is not kept
/// @param ports   empty if the slice has none: then it has addresses, but nothing for SRV
public record EndpointSlice(
        NamespacedName name, Origin origin, String service, List<EndpointPort> ports, Endpoints endpoints) {
    /// Copies the ports.
    public EndpointSlice {
        ports = List.copyOf(ports);
    }

    /// The Service it belongs to.
    public NamespacedName serviceName() {
        return new NamespacedName(name.namespace(), service);
    }
}
