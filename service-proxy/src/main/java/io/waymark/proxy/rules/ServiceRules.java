package io.waymark.proxy.rules;

import java.util.List;

/// What must hold for one port of one Service in one family. Back ends render it; a packet that is
/// addressed to a frontend is treated as [#internal] or [#external] say.
/// @param frontends       in the order of [Frontend#rank]; those that another Service has the better
///                        claim on are left out, so that there may be none
/// @param internal        for packets to the cluster IP
/// @param external        for packets to all other frontends
/// @param admitted        who may use the load balancer addresses
/// @param affinitySeconds how long a client stays with its backend after its last connection; 0 if
///                        each connection is balanced anew
/// @param cluster         backends wherever they are, by text, each once; empty also if no entry
///                        uses them
/// @param local           those on this node, likewise; ready ones may be missing in `cluster` (hints),
///                        as may such as terminate
/// @param serving         of a UDP port all endpoints that still serve, chosen or not: a flow to any
///                        other is dead; of other protocols empty, for their flows end themselves
/// @param health          the Service's health check, the same for each of its ports
public record ServiceRules(
        ServicePortKey key,
        List<Frontend> frontends,
        Entry internal,
        Entry external,
        AdmittedSources admitted,
        int affinitySeconds,
        List<Backend> cluster,
        List<Backend> local,
        List<Backend> serving,
        HealthCheck health) {
    /// Copies the lists.
    public ServiceRules {
        frontends = List.copyOf(frontends);
        cluster = List.copyOf(cluster);
        local = List.copyOf(local);
        serving = List.copyOf(serving);
    }

    public List<Backend> backends(BackendList list) {
        return switch (list) {
            case CLUSTER -> cluster;
            case LOCAL -> local;
        };
    }

    /// What happens at a frontend.
    public Entry entry(Frontend frontend) {
        return switch (frontend) {
            case Frontend.ClusterIp it -> internal;
            case Frontend.LoadBalancerIp it -> external;
            case Frontend.ExternalIp it -> external;
            case Frontend.NodePort it -> external;
        };
    }

    /// Who may use a frontend.
    public AdmittedSources admitted(Frontend frontend) {
        return switch (frontend) {
            case Frontend.LoadBalancerIp it -> admitted;
            case Frontend.ClusterIp it -> new AdmittedSources.Everybody();
            case Frontend.ExternalIp it -> new AdmittedSources.Everybody();
            case Frontend.NodePort it -> new AdmittedSources.Everybody();
        };
    }

    /// Whether any entry sends clients to this list.
    public boolean uses(BackendList list) {
        return uses(internal, list) || uses(external, list);
    }

    private static boolean uses(Entry entry, BackendList list) {
        return switch (entry) {
            case Entry.Absent it -> false;
            case Entry.Refuse it -> false;
            case Entry.DropAll it -> false;
            case Entry.Balance(var used, var masquerade) -> used == list;
            case Entry.KeepSource(var local) -> list == BackendList.CLUSTER || local == Entry.Local.SOME;
        };
    }

    /// The same with other frontends.
    ServiceRules withFrontends(List<Frontend> others) {
        return new ServiceRules(
                key, others, internal, external, admitted, affinitySeconds, cluster, local, serving, health);
    }
}
