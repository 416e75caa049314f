package io.waymark.proxy.rules;

import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.records.address.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that must hold on this node in one family. Immutable; equal states give equal sets.
public final class RuleSet {
    private final NodeRules node;
    private final SortedMap<ServicePortKey, ServiceRules> services;
    /// Made when it is first asked for: back ends never do.
    private volatile @Nullable Index index;

    /// Whose a destination is.
    public record Owner(Frontend frontend, ServiceRules rules) {}

    /// Of rules of one family, at most one for each key, no two with the same destination.
    public RuleSet(NodeRules node, Collection<ServiceRules> services) {
        this.node = node;
        var sorted = new TreeMap<ServicePortKey, ServiceRules>();
        for (var rules : services) {
            sorted.put(rules.key(), rules);
        }
        this.services = Collections.unmodifiableSortedMap(sorted);
    }

    /// The frontends by what they are asked for.
    private record Index(Map<Destination, Owner> owners, Set<IpAddress> clusterIps) {
        static Index of(Collection<ServiceRules> services) {
            var owners = new HashMap<Destination, Owner>();
            var clusterIps = new HashSet<IpAddress>();
            for (var rules : services) {
                for (var frontend : rules.frontends()) {
                    owners.put(frontend.destination(), new Owner(frontend, rules));
                    if (frontend instanceof Frontend.ClusterIp(var address, var protocol, int port)) {
                        clusterIps.add(address);
                    }
                }
            }
            return new Index(owners, clusterIps);
        }
    }

    private Index index() {
        var known = index;
        if (known == null) {
            known = Index.of(services.values());
            index = known;
        }
        return known;
    }

    public NodeRules node() {
        return node;
    }

    /// Of each Service port, by key.
    public SortedMap<ServicePortKey, ServiceRules> services() {
        return services;
    }

    /// The frontend with this destination and the Service port it leads to.
    public Optional<Owner> owner(Destination destination) {
        return Optional.ofNullable(index().owners.get(destination));
    }

    /// Whether a Service has this cluster IP, on whatever port.
    public boolean isClusterIp(IpAddress address) {
        return index().clusterIps.contains(address);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleSet that && node.equals(that.node) && services.equals(that.services);
    }

    @Override
    public int hashCode() {
        return 31 * node.hashCode() + services.hashCode();
    }

    @Override
    public String toString() {
        return node + " " + services.values();
    }
}
