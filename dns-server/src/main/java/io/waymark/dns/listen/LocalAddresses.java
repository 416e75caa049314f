package io.waymark.dns.listen;

import io.waymark.records.address.IpAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The addresses at which others can reach a server.
public final class LocalAddresses {
    private LocalAddresses() {}

    /// Those of `bound`, in which every address stands for all that the host has now; without
    /// loopback and link-local ones, each once.
    public static List<IpAddress> of(Collection<BindAddress> bound) {
        return bound.stream().flatMap(LocalAddresses::of).distinct().toList();
    }

    /// Those that a network interface has now, without link-local IPv6 ones, which mean something only together with
    /// their interface; none if there is no such interface.
    public static List<IpAddress> ofInterface(String name) {
        try {
            var named = NetworkInterface.getByName(name);
            return named == null
                    ? List.of()
                    : named.inetAddresses()
                            .filter(address -> address instanceof Inet4Address || !address.isLinkLocalAddress())
                            .map(LocalAddresses::ipAddress)
                            .toList();
        } catch (SocketException none) {
            return List.of();
        }
    }

    private static IpAddress ipAddress(InetAddress address) {
        return IpAddress.ofOctets(address.getAddress(), 0, address.getAddress().length);
    }

    private static Stream<IpAddress> of(BindAddress bound) {
        return switch (bound) {
            case BindAddress.One(var address, var port) ->
                reachable(Stream.of(BindAddress.socketAddress(address, port).getAddress()));
            case BindAddress.Every(var port) -> ofHost();
        };
    }

    private static Stream<IpAddress> ofHost() {
        try {
            return reachable(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses));
        } catch (SocketException none) {
            return Stream.of();
        }
    }

    private static Stream<IpAddress> reachable(Stream<InetAddress> addresses) {
        return addresses
                .filter(address ->
                        !address.isLoopbackAddress() && !address.isLinkLocalAddress() && !address.isAnyLocalAddress())
                .map(LocalAddresses::ipAddress);
    }
}
