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

    /// Reads `/PATH`, `unix:///PATH` or `tcp://ADDRESS:PORT`. Empty if it is anything else: host names are
    /// not looked up.
    static Optional<TapAddress> parse(String text) {
        if (text.startsWith("tcp://")) {
            return ListenAddress.parse(text.substring("tcp://".length()))
                    .filter(address -> !address.address().equals(ListenAddress.ANY))
                    .map(Tcp::new);
        }
        var path = text.startsWith("unix://") ? text.substring("unix://".length()) : text;
        return path.startsWith("/") ? Optional.of(new Unix(Path.of(path))) : Optional.empty();
    }

    /// A connection. Blocks.
    default SocketChannel connect() throws IOException {
        return switch (this) {
            case Unix(var path) -> {
                var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(path));
                yield channel;
            }
            case Tcp(var address) ->
                SocketChannel.open(new InetSocketAddress(
                        InetAddress.getByAddress(address.address().octets()), address.port()));
        };
    }
}
