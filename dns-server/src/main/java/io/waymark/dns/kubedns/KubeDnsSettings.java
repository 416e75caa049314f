package io.waymark.dns.kubedns;

import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What kube-dns' flags say about answers.
/// @param domain       the cluster's (`--domain`)
/// @param ports        where DNS is served (`--dns-port`, and dnsmasq's), at least one
/// @param bind         the one address to serve at; all if there is none (`--dns-bind-address`)
/// @param api          lines of `kubernetes` that say where the API server is; none: as a Pod knows it
/// @param nameservers  upstreams where the ConfigMap names none (`--nameservers`)
/// @param syncTimeout  how long queries wait for the cluster's objects (`--initial-sync-timeout`)
/// @param metricsPort  of `/metrics`; 0 for none
public record KubeDnsSettings(
        DomainName domain,
        List<Integer> ports,
        Optional<String> bind,
        List<String> api,
        List<Nameserver.Address> nameservers,
        Duration syncTimeout,
        int metricsPort) {
    /// Copies the lists.
    public KubeDnsSettings {
        ports = List.copyOf(ports);
        api = List.copyOf(api);
        nameservers = List.copyOf(nameservers);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("no port to serve at");
        }
    }
}
