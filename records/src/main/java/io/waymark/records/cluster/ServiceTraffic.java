package io.waymark.records.cluster;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import java.util.List;

/// How packets to a Service are treated, beyond its cluster IPs and ports. Kept apart from the
/// Service, for only the data path asks for it; nearly all Services have [#PLAIN].
/// @param external         where it is reached from outside; [External#NONE] if nowhere but on node
///                         ports
/// @param internalPolicy   for traffic to the cluster IPs
/// @param externalPolicy   for traffic to all other addresses; Local only where the API heeds it:
///                         on a NodePort or LoadBalancer Service, or one with external IPs
/// @param affinitySeconds  how long a client stays with its endpoint (`sessionAffinity: ClientIP`),
///                         1 to 86400; 0 if it need not
/// @param healthCheckPort  `spec.healthCheckNodePort` if the Service needs it: a LoadBalancer with
///                         the external policy Local; otherwise 0
public record ServiceTraffic(
        External external,
        TrafficPolicy internalPolicy,
        TrafficPolicy externalPolicy,
        int affinitySeconds,
        int healthCheckPort) {

    public static final int AFFINITY_SECONDS_MAX = 86_400;

    /// What the API server puts where `ClientIP` is asked for without a timeout.
    public static final int AFFINITY_SECONDS_DEFAULT = 10_800;

    /// What a Service of type ClusterIP has if nobody asked for more.
    public static final ServiceTraffic PLAIN =
            new ServiceTraffic(External.NONE, TrafficPolicy.CLUSTER, TrafficPolicy.CLUSTER, 0, 0);

    /// The addresses by which a Service is reached from outside, and who may.
    /// @param externalIps     `spec.externalIPs`
    /// @param loadBalancerIps of a LoadBalancer Service those of `status.loadBalancer.ingress` whose
    ///                        `ipMode` is VIP or absent: packets to them arrive at a node unchanged
    /// @param sourceRanges    `spec.loadBalancerSourceRanges`; empty if anybody may
    /// @param createdSeconds  when the Service was made, in seconds since 1970, 0 if not known: of two
    ///                        Services that claim one address and port the older has it
    public record External(
            List<IpAddress> externalIps,
            List<IpAddress> loadBalancerIps,
            List<Cidr> sourceRanges,
            long createdSeconds) {
        public static final External NONE = new External(List.of(), List.of(), List.of(), 0);

        /// Copies the lists.
        public External {
            externalIps = List.copyOf(externalIps);
            loadBalancerIps = List.copyOf(loadBalancerIps);
            sourceRanges = List.copyOf(sourceRanges);
        }
    }
}
