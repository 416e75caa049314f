package io.waymark.dns.plugin.forward.upstream;

import io.waymark.dns.listen.BindAddress;
import io.waymark.records.address.IpAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// Where an upstream is.
/// @param address as the JDK wants it
/// @param host    the address without its port
/// @param name    `192.0.2.1:53`, `[2001:db8::1]:53`
/// @param sources the local address that is asked from, port 0; none if the system is to choose
public record Endpoint(InetSocketAddress address, String host, String name, List<InetSocketAddress> sources) {
    /// Copies the list, which has one element at most.
    public Endpoint {
        sources = List.copyOf(sources);
        if (sources.size() > 1) {
            throw new IllegalArgumentException("one socket has one source, not " + sources);
        }
    }

    /// An upstream at `port` of `address`.
    /// @param sources the local address, or none
    public static Endpoint of(IpAddress address, int port, List<IpAddress> sources) {
        return new Endpoint(
                BindAddress.socketAddress(address, port),
                address.toString(),
                new BindAddress.One(address, port).toString(),
                sources.stream()
                        .map(source -> BindAddress.socketAddress(source, 0))
                        .toList());
    }

    Optional<InetSocketAddress> source() {
        return sources.stream().findFirst();
    }
}
