package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.corefile.stage.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Where somebody listens to what is tapped.
public sealed interface TapAddress {
    /// A socket of this machine.
    record Unix(Path path) implements TapAddress {
        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    record Tcp(ListenAddress address) implements TapAddress {
        @Override
        public String toString() {
            return "tcp://" + address;
        }
    }

    record Tls(ListenAddress address) implements TapAddress {
        @Override
        public String toString() {
            return "tls://" + address;
        }
    }

    /// Reads `/PATH`, `unix:///PATH`, `tcp://ADDRESS:PORT` or `tls://ADDRESS:PORT`. Empty if it is anything else:
    /// host names are not looked up.
    static Optional<TapAddress> parse(String text) {
        return parseOwn(text).filter(address -> switch (address) {
            case Unix unix -> true;
            case Tcp(var tcp) -> !tcp.address().equals(ListenAddress.ANY);
            case Tls(var tls) -> !tls.address().equals(ListenAddress.ANY);
        });
    }

    /// As [#parse], and `:PORT` for all addresses of ours.
    static Optional<TapAddress> parseOwn(String text) {
        if (text.startsWith("tcp://")) {
            return address(text).map(Tcp::new);
        }
        if (text.startsWith("tls://")) {
            return address(text).map(Tls::new);
        }
        var path = text.startsWith("unix://") ? text.substring("unix://".length()) : text;
        return path.startsWith("/") ? Optional.of(new Unix(Path.of(path))) : Optional.empty();
    }

    private static Optional<ListenAddress> address(String text) {
        return ListenAddress.parse(text.substring("tcp://".length()));
    }

    /// A connection. Blocks.
    /// @param verified whether the certificate of who listens over TLS is checked against the JDK's authorities
    default TapConnection connect(boolean verified) throws IOException {
        return switch (this) {
            case Unix(var path) -> {
                var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(path));
                yield TapConnection.of(channel);
            }
            case Tcp(var address) -> TapConnection.of(SocketChannel.open(socketAddress(address)));
            case Tls(var address) -> {
                var socket = TapTls.connect(socketAddress(address), verified);
                yield new TapConnection(socket.getInputStream(), socket.getOutputStream(), socket);
            }
        };
    }

    private static InetSocketAddress socketAddress(ListenAddress address) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(address.address().octets()), address.port());
    }
}
