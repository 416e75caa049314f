package io.waymark.proxy.rules;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.Protocol;

/// One way into a Service port: where, and of which kind.
public sealed interface Frontend extends Comparable<Frontend> {

    /// What packets to it are addressed to.
    Destination destination();

    /// `spec.clusterIPs`. The only one of the internal kind: [ServiceRules#internal] says what happens.
    record ClusterIp(IpAddress address, Protocol protocol, int port) implements Frontend {
        @Override
        public Destination destination() {
            return new Destination.Address(address, protocol, port);
        }
    }

    /// `status.loadBalancer.ingress` with `ipMode` VIP. The only one that [ServiceRules#admitted]
    /// limits.
    record LoadBalancerIp(IpAddress address, Protocol protocol, int port) implements Frontend {
        @Override
        public Destination destination() {
            return new Destination.Address(address, protocol, port);
        }
    }

    /// `spec.externalIPs`.
    record ExternalIp(IpAddress address, Protocol protocol, int port) implements Frontend {
        @Override
        public Destination destination() {
            return new Destination.Address(address, protocol, port);
        }
    }

    /// `spec.ports[].nodePort`.
    record NodePort(IpFamily family, Protocol protocol, int port) implements Frontend {
        @Override
        public Destination destination() {
            return new Destination.AnyNodeAddress(family, protocol, port);
        }
    }

    /// Of several claims on one destination that of the lowest rank has it: a cluster IP is given out
    /// by the API server, a load balancer's by its controller, an external IP by whoever wrote the
    /// Service (CVE-2020-8554). Also the order in which frontends are listed.
    default int rank() {
        return switch (this) {
            case ClusterIp it -> 0;
            case LoadBalancerIp it -> 1;
            case ExternalIp it -> 2;
            case NodePort it -> 3;
        };
    }

    /// By rank, then destination.
    @Override
    default int compareTo(Frontend other) {
        int byRank = Integer.compare(rank(), other.rank());
        return byRank != 0 ? byRank : destination().compareTo(other.destination());
    }
}
