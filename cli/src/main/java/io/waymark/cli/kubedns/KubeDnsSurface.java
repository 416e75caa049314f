package io.waymark.cli.kubedns;

import io.waymark.dns.kubedns.BrokenValues;
import io.waymark.dns.kubedns.KubeDnsConfig;
import io.waymark.dns.kubedns.KubeDnsCorefile;
import io.waymark.dns.kubedns.KubeDnsReader;
import io.waymark.dns.kubedns.KubeDnsSettings;
import io.waymark.dns.kubedns.Nameserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// kube-dns' flags and its ConfigMap as a Corefile, which changes as the ConfigMap does. Confined to
/// one thread; blocks.
public final class KubeDnsSurface {
    private final KubeDnsSettings settings;
    private final ConfigValues values;
    private final Collection<String> plugins;
    private final Function<Nameserver.Named, List<Nameserver.Address>> addresses;
    private final Consumer<String> warn;
    private final Map<Nameserver.Named, List<Nameserver.Address>> known = new HashMap<>();
    private final BrokenValues broken = new BrokenValues();
    private KubeDnsConfig config = KubeDnsConfig.EMPTY;
    private Object saidOf = Map.of();
    private String trouble = "";

    /// @param plugins   those that a Corefile may name
    /// @param addresses of servers that have names; none if it is not known now
    /// @param warn      one line for an operator
    public KubeDnsSurface(
            KubeDnsSettings settings,
            ConfigValues values,
            Collection<String> plugins,
            Function<Nameserver.Named, List<Nameserver.Address>> addresses,
            Consumer<String> warn) {
        this.settings = settings;
        this.values = values;
        this.plugins = plugins;
        this.addresses = addresses;
        this.warn = warn;
    }

    /// As [#KubeDnsSurface], names asked for as kube-dns does.
    public static KubeDnsSurface of(
            KubeDnsSettings settings, ConfigValues values, Collection<String> plugins, Consumer<String> warn) {
        var self = new InetSocketAddress(
                settings.bind().orElse("127.0.0.1"), settings.ports().dns().getFirst());
        var servers = new StubServers(settings.domain(), self);
        return new KubeDnsSurface(settings, values, plugins, servers::addresses, warn);
    }

    /// Before anything is asked for: for the start, when nobody answers yet.
    public String firstCorefile() {
        read();
        return text();
    }

    /// As of now. What cannot be read or resolved stays as it was.
    public String corefile() {
        read();
        resolve();
        return text();
    }

    /// What could not be understood, for a scrape.
    public BrokenValues broken() {
        return broken;
    }

    private void read() {
        try {
            var now = values.read();
            trouble = "";
            if (now.equals(saidOf)) {
                return;
            }
            saidOf = now;
            var read = KubeDnsReader.read(now, settings.domain(), config);
            read.remarks().forEach(warn);
            broken.count(read.broken());
            config = read.config();
        } catch (IOException unreadable) {
            var why = String.valueOf(unreadable.getMessage());
            if (!why.equals(trouble)) {
                trouble = why;
                warn.accept("ConfigMap kube-dns cannot be read: " + why + "; what it said before counts on");
            }
        }
    }

    private void resolve() {
        var named = config.stubDomains().values().stream()
                .flatMap(List::stream)
                .filter(Nameserver.Named.class::isInstance)
                .map(Nameserver.Named.class::cast)
                .distinct()
                .toList();
        known.keySet().retainAll(named);
        for (var server : named) {
            var found = addresses.apply(server);
            if (!found.isEmpty()) {
                known.put(server, found);
            } else if (known.putIfAbsent(server, List.of()) == null) {
                warn.accept("ConfigMap kube-dns, stubDomains: " + server
                        + " has no address now; it is left out until it" + " has one, and asked for again and again");
            }
        }
    }

    private String text() {
        return KubeDnsCorefile.text(settings, config, known, plugins);
    }
}
