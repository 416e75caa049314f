package io.waymark.dns.kubedns;

import io.waymark.records.name.DomainName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the ConfigMap `kube-dns` says.
/// @param stubDomains         by domain the servers that its names are asked of, at least one each
/// @param upstreamNameservers those of all other names; none for the node's own
/// @param federations         by name the domain of each; nothing comes of them
public record KubeDnsConfig(
        SortedMap<DomainName, List<Nameserver>> stubDomains,
        List<Nameserver.Address> upstreamNameservers,
        SortedMap<String, String> federations) {
    /// An empty ConfigMap, or none.
    public static final KubeDnsConfig EMPTY = new KubeDnsConfig(new TreeMap<>(), List.of(), new TreeMap<>());

    /// Copies all of it.
    public KubeDnsConfig {
        var copy = new TreeMap<DomainName, List<Nameserver>>();
        stubDomains.forEach((domain, servers) -> copy.put(domain, List.copyOf(servers)));
        stubDomains = Collections.unmodifiableSortedMap(copy);
        upstreamNameservers = List.copyOf(upstreamNameservers);
        federations = Collections.unmodifiableSortedMap(new TreeMap<>(federations));
    }
}
