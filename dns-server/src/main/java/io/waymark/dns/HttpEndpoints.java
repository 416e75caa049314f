package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.http.HttpEndpoint;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.loops.EventLoops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The HTTP servers of the process, one an address. A reload changes what they show; the one whose
/// address it keeps answers on without a break. Confined to one thread at a time.
final class HttpEndpoints implements AutoCloseable {
    private final Map<ListenAddress, HttpEndpoint> open = new LinkedHashMap<>();

    /// Binds those addresses that are not bound yet. Throws a [io.waymark.dns.listen.ListenException]
    /// if one cannot be; then none of them is.
    /// @return the new ones
    List<ListenAddress> bind(EventLoops loops, Set<ListenAddress> addresses) {
        var bound = new ArrayList<ListenAddress>();
        try {
            for (var address : addresses) {
                if (!open.containsKey(address)) {
                    open.put(address, HttpEndpoint.bind(loops, BindAddress.of(address.address(), address.port())));
                    bound.add(address);
                }
            }
            return bound;
        } catch (RuntimeException failure) {
            close(bound);
            throw failure;
        }
    }

    /// From now on all of them show these pages.
    void show(Pages pages) {
        open.forEach((address, endpoint) -> endpoint.show(pages.at(address)));
    }

    /// Closes those at other addresses.
    void keep(Set<ListenAddress> addresses) {
        close(open.keySet().stream()
                .filter(address -> !addresses.contains(address))
                .toList());
    }

    void close(List<ListenAddress> addresses) {
        for (var address : addresses) {
            var endpoint = open.remove(address);
            if (endpoint != null) {
                endpoint.close();
            }
        }
    }

    /// By the addresses in the Corefile, the ports that they have.
    Map<ListenAddress, Integer> ports() {
        var ports = new LinkedHashMap<ListenAddress, Integer>();
        open.forEach((address, endpoint) -> ports.put(address, endpoint.port()));
        return ports;
    }

    @Override
    public void close() {
        close(List.copyOf(open.keySet()));
    }
}
