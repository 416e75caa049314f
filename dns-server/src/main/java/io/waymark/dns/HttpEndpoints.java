package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.http.HttpEndpoint;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.tls.CertificateWatch;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.listen.tls.TlsCredentials;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.dns.listen.tls.TlsFilesException;
import io.waymark.dns.plugin.PluginStartException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The HTTP servers of the process, one an address. A reload changes what they show; the one whose
/// address it keeps answers on without a break. Confined to one thread at a time.
final class HttpEndpoints implements AutoCloseable {
    private final Map<ListenAddress, Open> open = new LinkedHashMap<>();

    /// @param watches of its certificate, if it speaks TLS
    private record Open(HttpEndpoint endpoint, Optional<TlsFiles> tls, Optional<CertificateWatch> watches) {
        void close() {
            watches.ifPresent(CertificateWatch::close);
            endpoint.close();
        }
    }

    /// Binds those addresses that are not bound yet. Throws a [io.waymark.dns.listen.ListenException]
    /// or [PluginStartException] if one cannot be; then none of them is.
    /// @return the new ones
    List<ListenAddress> bind(ProcessParts process, Pages pages) {
        var bound = new ArrayList<ListenAddress>();
        try {
            for (var address : pages.addresses()) {
                var tls = pages.tls(address);
                var known = open.get(address);
                if (known == null) {
                    open.put(address, bind(process, address, tls));
                    bound.add(address);
                } else if (!known.tls.equals(tls)) {
                    throw new PluginStartException(url(address, known.tls)
                            + ": whether it speaks TLS, and by which files, cannot change while it is open;"
                            + " write another address, or start anew");
                }
            }
            return bound;
        } catch (RuntimeException failure) {
            close(bound);
            throw failure;
        }
    }

    private static Open bind(ProcessParts process, ListenAddress address, Optional<TlsFiles> tls) {
        var place = BindAddress.of(address.address(), address.port());
        if (tls.isEmpty()) {
            return new Open(HttpEndpoint.bind(process.loops(), place, new Encryption.None()), tls, Optional.empty());
        }
        var server = url(address, tls);
        try {
            var credentials = new TlsCredentials(tls.get().read());
            var endpoint = HttpEndpoint.bind(process.loops(), place, new Encryption.Tls(credentials));
            var refused = process.metrics()
                    .counter(
                            "waymark_tls_reload_failed_total",
                            "Counter of certificates that were found in their files and cannot be used.",
                            "server")
                    .with(server);
            return new Open(
                    endpoint,
                    tls,
                    Optional.of(CertificateWatch.start(credentials, server, refused, CertificateWatch.PERIOD)));
        } catch (TlsFilesException unusable) {
            throw new PluginStartException(server + ": " + unusable.getMessage());
        }
    }

    private static String url(ListenAddress address, Optional<TlsFiles> tls) {
        return (tls.isPresent() ? "https://" : "http://") + address;
    }

    /// From now on all of them show these pages.
    void show(Pages pages) {
        open.forEach((address, one) -> one.endpoint.show(pages.at(address)));
    }

    /// Closes those at other addresses.
    void keep(Set<ListenAddress> addresses) {
        close(open.keySet().stream()
                .filter(address -> !addresses.contains(address))
                .toList());
    }

    void close(List<ListenAddress> addresses) {
        for (var address : addresses) {
            var one = open.remove(address);
            if (one != null) {
                one.close();
            }
        }
    }

    /// By the addresses in the Corefile, the ports that they have.
    Map<ListenAddress, Integer> ports() {
        var ports = new LinkedHashMap<ListenAddress, Integer>();
        open.forEach((address, one) -> ports.put(address, one.endpoint.port()));
        return ports;
    }

    /// How each is asked, for people.
    List<String> urls() {
        return open.entrySet().stream()
                .map(entry -> url(entry.getKey(), entry.getValue().tls))
                .toList();
    }

    @Override
    public void close() {
        close(List.copyOf(open.keySet()));
    }
}
