package io.waymark.source;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.ServiceTraffic.External;
import io.waymark.records.cluster.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;

/// What a Service says about how packets to it are treated, field by field, until its type decides what
/// of it counts. Texts are as in the API; an empty one is one that is not there. Confined to one thread.
public final class TrafficDraft {
    private static final int PORT_MAX = 65_535;

    private final List<IpAddress> externalIps = new ArrayList<>();
    private final List<IpAddress> loadBalancerIps = new ArrayList<>();
    private final List<Cidr> sourceRanges = new ArrayList<>();
    private String sessionAffinity = "";
    private long affinityTimeout;
    private String internalPolicy = "";
    private String externalPolicy = "";
    private long healthCheckPort;

    /// Forgets all, for the next Service.
    public void clear() {
        externalIps.clear();
        loadBalancerIps.clear();
        sourceRanges.clear();
        sessionAffinity = "";
        affinityTimeout = 0;
        internalPolicy = "";
        externalPolicy = "";
        healthCheckPort = 0;
    }

    public void addExternalIp(IpAddress address) {
        externalIps.add(address);
    }

    /// Whether packets to a load balancer's address of this `ipMode` arrive at a node as they are; in
    /// the mode Proxy they come with the node's address, and nothing is to be done.
    public static boolean isVip(String ipMode) {
        return ipMode.isEmpty() || ipMode.equals("VIP");
    }

    public void addLoadBalancerIp(IpAddress address) {
        loadBalancerIps.add(address);
    }

    public void addSourceRange(Cidr range) {
        sourceRanges.add(range);
    }

    public void sessionAffinity(String affinity) {
        sessionAffinity = affinity;
    }

    /// 0 if it is not there.
    public void affinityTimeout(long seconds) {
        affinityTimeout = seconds;
    }

    public void internalPolicy(String policy) {
        internalPolicy = policy;
    }

    public void externalPolicy(String policy) {
        externalPolicy = policy;
    }

    /// 0 if it is not there.
    public void healthCheckPort(long port) {
        healthCheckPort = port;
    }

    /// What counts of it on a Service of this type; [ServiceTraffic#PLAIN] itself if nothing.
    /// @param createdSeconds when the Service was made, in seconds since 1970; 0 if not known
    public ServiceTraffic build(String type, long createdSeconds) {
        boolean isBalanced = type.equals("LoadBalancer");
        boolean isOutside = isBalanced || type.equals("NodePort") || !externalIps.isEmpty();
        boolean hasAddresses = !externalIps.isEmpty() || isBalanced && !loadBalancerIps.isEmpty();
        var external = hasAddresses
                ? new External(externalIps, isBalanced ? loadBalancerIps : List.of(), sourceRanges, createdSeconds)
                : External.NONE;
        var outer = isOutside ? policy(externalPolicy) : TrafficPolicy.CLUSTER;
        boolean isChecked = isBalanced && outer == TrafficPolicy.LOCAL && isPort(healthCheckPort);
        var traffic = new ServiceTraffic(
                external, policy(internalPolicy), outer, affinitySeconds(), isChecked ? (int) healthCheckPort : 0);
        return traffic.equals(ServiceTraffic.PLAIN) ? ServiceTraffic.PLAIN : traffic;
    }

    private static boolean isPort(long number) {
        return number >= 1 && number <= PORT_MAX;
    }

    private static TrafficPolicy policy(String text) {
        return text.equals("Local") ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER;
    }

    private int affinitySeconds() {
        if (!sessionAffinity.equals("ClientIP")) {
            return 0;
        }
        boolean isGiven = affinityTimeout >= 1 && affinityTimeout <= ServiceTraffic.AFFINITY_SECONDS_MAX;
        return isGiven ? (int) affinityTimeout : ServiceTraffic.AFFINITY_SECONDS_DEFAULT;
    }
}
