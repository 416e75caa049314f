package io.waymark.dns.listen;

import io.waymark.dns.pipeline.Transport;
import io.waymark.records.address.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/// Finds out before anything is started whether an address can be listened on. It binds without
/// SO_REUSEPORT: with it, a second server of the same user would be given half of the packets of
/// the first, and neither would say a word.
public final class BindProbe {
    private static final int CHOICES_MAX = 16;

    private BindProbe() {}

    /// The address with a port that is free for UDP and for TCP; chosen here if it was 0.
    /// Throws a [ListenException] if there is none.
    public static BindAddress free(BindAddress address) {
        return free(address, List.of(Transport.UDP, Transport.TCP));
    }

    /// As above, for these: UDP stands for itself, all others for TCP.
    public static BindAddress free(BindAddress address, List<Transport> transports) {
        if (address.port() != 0) {
            probe(address, transports);
            return address;
        }
        for (int choice = 1; ; choice++) {
            var chosen = address.withPort(anyTcpPort(address));
            try {
                probe(chosen, transports);
                return chosen;
            } catch (ListenException taken) {
                if (choice == CHOICES_MAX) {
                    throw taken;
                }
            }
        }
    }

    /// Whether this host can bind `::`, that is, has IPv6 at all.
    static boolean hasIpv6() {
        try (var channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            channel.bind(BindAddress.socketAddress(new IpAddress.V6(0, 0), 0));
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }

    private static void probe(BindAddress address, List<Transport> transports) {
        for (var transport : transports) {
            try {
                if (transport.isStream()) {
                    probeTcp(address);
                } else {
                    probeUdp(address);
                }
            } catch (IOException | UnsupportedOperationException cause) {
                throw new ListenException(transport, address, cause);
            }
        }
    }

    private static void probeUdp(BindAddress address) throws IOException {
        try (var udp = DatagramChannel.open(family(address))) {
            udp.bind(socketAddress(address));
        }
    }

    private static void probeTcp(BindAddress address) throws IOException {
        try (var tcp = ServerSocketChannel.open(family(address))) {
            tcp.bind(socketAddress(address));
        }
    }

    private static int anyTcpPort(BindAddress address) {
        try (var tcp = ServerSocketChannel.open(family(address))) {
            tcp.bind(socketAddress(address));
            return ((InetSocketAddress) tcp.getLocalAddress()).getPort();
        } catch (IOException | UnsupportedOperationException cause) {
            throw new ListenException(Transport.TCP, address, cause);
        }
    }

    private static ProtocolFamily family(BindAddress address) {
        return switch (address) {
            case BindAddress.One(IpAddress.V4 v4, int port) -> StandardProtocolFamily.INET;
            case BindAddress.One(IpAddress.V6 v6, int port) -> StandardProtocolFamily.INET6;
            case BindAddress.Every(int port) -> hasIpv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        };
    }

    private static InetSocketAddress socketAddress(BindAddress address) {
        return switch (address) {
            case BindAddress.One(var one, int port) -> BindAddress.socketAddress(one, port);
            case BindAddress.Every(int port) ->
                BindAddress.socketAddress(hasIpv6() ? new IpAddress.V6(0, 0) : new IpAddress.V4(0), port);
        };
    }
}
