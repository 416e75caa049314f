package io.waymark.dns.kubedns;

import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The Corefile that answers as kube-dns does with these flags and this ConfigMap: a block for
/// everything, and one for each stub domain.
public final class KubeDnsCorefile {
    /// What kube-dns gives to each record of the cluster, in seconds.
    public static final int TTL = 30;

    private static final List<String> REVERSE = List.of("in-addr.arpa", "ip6.arpa");
    private static final String RESOLVERS = "/etc/resolv.conf";

    private final KubeDnsSettings settings;
    private final Set<String> plugins;
    private final StringBuilder text = new StringBuilder();

    private KubeDnsCorefile(KubeDnsSettings settings, Set<String> plugins) {
        this.settings = settings;
        this.plugins = plugins;
    }

    /// Writes it. Equal arguments give equal texts.
    /// @param addresses of the servers that [Nameserver.Named] names; a server that is not among them is left
    ///                  out, and a stub domain that has no other fails its questions until it is
    /// @param plugins   those that a Corefile may name; the others that would be of use are left out
    public static String text(
            KubeDnsSettings settings,
            KubeDnsConfig config,
            Map<Nameserver.Named, List<Nameserver.Address>> addresses,
            Collection<String> plugins) {
        var corefile = new KubeDnsCorefile(settings, Set.copyOf(plugins));
        corefile.everything(config.upstreamNameservers());
        config.stubDomains().forEach((domain, servers) -> corefile.stub(domain, known(servers, addresses)));
        return corefile.text.toString();
    }

    private static List<Nameserver.Address> known(
            List<Nameserver> servers, Map<Nameserver.Named, List<Nameserver.Address>> addresses) {
        var known = new ArrayList<Nameserver.Address>();
        for (var server : servers) {
            switch (server) {
                case Nameserver.Address address -> known.add(address);
                case Nameserver.Named named -> known.addAll(addresses.getOrDefault(named, List.of()));
            }
        }
        return known.stream().distinct().limit(KubeDnsReader.SERVERS_MAX).toList();
    }

    private void everything(List<Nameserver.Address> upstreams) {
        open(DomainName.ROOT);
        probes("ready", settings.ports().healthz(), "/readiness");
        probes("health", settings.ports().sidecar(), "/healthcheck/kubedns /healthcheck/dnsmasq");
        line("kubernetes " + word(settings.domain()) + " " + String.join(" ", REVERSE) + " {");
        settings.api().forEach(access -> line("    " + access));
        line("    pods insecure");
        line("    ttl " + TTL);
        line("    startup_timeout " + settings.syncTimeout().toMillis() + "ms");
        line("    fallthrough " + String.join(" ", REVERSE));
        line("}");
        var servers = upstreams.isEmpty() ? settings.nameservers() : upstreams;
        close(servers.isEmpty() ? RESOLVERS : texts(servers));
    }

    private void probes(String plugin, int port, String paths) {
        if (port > 0) {
            line(plugin + " " + at(port) + " {");
            line("    path " + paths);
            line("}");
        }
    }

    private void stub(DomainName domain, List<Nameserver.Address> servers) {
        open(domain);
        close(texts(servers));
    }

    private void open(DomainName zone) {
        text.append(settings.ports().dns().stream()
                        .map(port -> word(zone) + ":" + port)
                        .collect(Collectors.joining(" ")))
                .append(" {\n");
        settings.bind().ifPresent(address -> line("bind " + address));
        line("errors");
        if (settings.ports().metrics() > 0 && plugins.contains("prometheus")) {
            line("prometheus " + at(settings.ports().metrics()));
        }
    }

    /// As dnsmasq asks: its servers one after the other, and what they say is kept, but for denials.
    private void close(String servers) {
        if (!servers.isEmpty()) {
            if (plugins.contains("cache")) {
                line("cache {");
                line("    disable denial");
                line("    disable success " + word(settings.domain()) + " " + String.join(" ", REVERSE));
                line("}");
            }
            line("forward . " + servers);
        }
        text.append("}\n");
    }

    /// On all addresses: kube-dns binds none of these to one.
    private static String at(int port) {
        return ":" + port;
    }

    private void line(String words) {
        text.append("    ").append(words).append('\n');
    }

    private static String texts(List<Nameserver.Address> servers) {
        return servers.stream().map(Nameserver.Address::toString).collect(Collectors.joining(" "));
    }

    private static String word(DomainName name) {
        var text = name.toString().toLowerCase(Locale.ROOT);
        return name.labelCount() == 0 ? text : text.substring(0, text.length() - 1);
    }
}
