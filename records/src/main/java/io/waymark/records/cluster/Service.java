package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import java.util.List;

/// A Service, by how its name is answered (Kubernetes DNS-Based Service Discovery 1.1.0 §2).
/// NodePort and LoadBalancer Services are [ClusterIp] ones here: their names say the same.
public sealed interface Service {
    NamespacedName name();

    Origin origin();

    /// A Service with one or two cluster IPs, of different families.
    record ClusterIp(NamespacedName name, Origin origin, List<IpAddress> clusterIps, List<ServicePort> ports)
            implements Service {
        /// Copies the lists.
        public ClusterIp {
            clusterIps = List.copyOf(clusterIps);
            ports = List.copyOf(ports);
        }
    }

    /// A Service with `clusterIP: None`: its name stands for its ready endpoints.
    record Headless(NamespacedName name, Origin origin, List<ServicePort> ports) implements Service {
        /// Copies the list.
        public Headless {
            ports = List.copyOf(ports);
        }
    }

    /// A Service that is another name. `target` is `spec.externalName` as written.
    record ExternalName(NamespacedName name, Origin origin, String target) implements Service {}
}
