package io.waymark.dns.kubedns;

import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What kube-dns' flags say about answers.
/// @param domain       the cluster's (`--domain`)
/// @param ports        of everything that listens
/// @param bind         the one address to serve at; all if there is none (`--dns-bind-address`)
/// @param api          lines of `kubernetes` that say where the API server is; none: as a Pod knows it
/// @param nameservers  upstreams where the ConfigMap names none (`--nameservers`)
/// @param syncTimeout  how long queries wait for the cluster's objects (`--initial-sync-timeout`)
public record KubeDnsSettings(
        DomainName domain,
        Ports ports,
        Optional<String> bind,
        List<String> api,
        List<Nameserver.Address> nameservers,
        Duration syncTimeout) {
    /// What listens where; 0 for nothing.
    /// @param dns     `--dns-port`, and dnsmasq's; at least one
    /// @param healthz of `/readiness` (`--healthz-port`)
    /// @param sidecar of `/healthcheck/kubedns` and `/healthcheck/dnsmasq`
    /// @param metrics of `/metrics`
    public record Ports(List<Integer> dns, int healthz, int sidecar, int metrics) {
        /// Copies the list.
        public Ports {
            dns = List.copyOf(dns);
            if (dns.isEmpty()) {
                throw new IllegalArgumentException("no port to serve at");
            }
        }
    }

    /// Copies the lists.
    public KubeDnsSettings {
        api = List.copyOf(api);
        nameservers = List.copyOf(nameservers);
    }
}
