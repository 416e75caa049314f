package io.waymark.source.manifest;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Node;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import java.util.List;
import java.util.Map;

/// One object as a file describes it: valid by itself, not yet completed by what a cluster adds.
public sealed interface Manifest {
    ObjectKey key();

    Origin.Manifest origin();

    Map<String, String> labels();

    /// @param families the one or two families it has addresses or endpoints of, the first first
    /// @param selector empty if it has none: its endpoints are made by hand
    /// @param publishesNotReady whether its endpoints count as ready before they are
    /// @param traffic  plain unless it is read for a data path
    record OfService(
            ObjectKey key,
            Origin.Manifest origin,
            Map<String, String> labels,
            Naming naming,
            List<IpFamily> families,
            List<Port> ports,
            Map<String, String> selector,
            boolean publishesNotReady,
            ServiceTraffic traffic)
            implements Manifest {}

    /// @param slice complete; its Service is the one that the label names
    record OfSlice(ObjectKey key, Origin.Manifest origin, Map<String, String> labels, EndpointSlice slice)
            implements Manifest {
        /// Which Service a slice belongs to.
        public static final String SERVICE_LABEL = "kubernetes.io/service-name";
    }

    record OfNamespace(ObjectKey key, Origin.Manifest origin, Map<String, String> labels) implements Manifest {}

    /// Read for a data path only.
    record OfNode(ObjectKey key, Origin.Manifest origin, Map<String, String> labels, Node node) implements Manifest {}

    /// As [OfNode].
    record OfServiceCidr(ObjectKey key, Origin.Manifest origin, Map<String, String> labels, ServiceCidr cidr)
            implements Manifest {}

    /// @param ips empty while it has none
    record OfPod(
            ObjectKey key,
            Origin.Manifest origin,
            Map<String, String> labels,
            List<IpAddress> ips,
            Life life,
            String hostname,
            String subdomain,
            String nodeName,
            boolean hostNetwork,
            List<ContainerPort> ports)
            implements Manifest {}

    /// How far a Pod has come.
    enum Life {
        NOT_READY,
        READY,
        /// Has a deletionTimestamp and is not ready.
        TERMINATING,
        /// Has a deletionTimestamp and is still ready.
        TERMINATING_READY,
        /// Its phase is Succeeded or Failed: it never has endpoints again.
        ENDED
    }

    /// What the Service's name stands for.
    sealed interface Naming {
        /// Cluster IPs. `claimed` are those in the manifest, in the order of the families; fewer
        /// than the families if some are to be given.
        record Addresses(List<IpAddress> claimed) implements Naming {}

        /// The endpoints (`clusterIP: None`).
        record Endpoints() implements Naming {}

        /// Another name.
        record Alias(String target) implements Naming {}
    }

    /// One port of a Service and where it leads.
    record Port(ServicePort port, Target target) {}

    /// `targetPort`: a number, or the name of a container's port.
    sealed interface Target {
        record ByNumber(int port) implements Target {}

        record ByName(String name) implements Target {}
    }

    /// A named port of one of a Pod's containers.
    record ContainerPort(String name, Protocol protocol, int port) {}
}
