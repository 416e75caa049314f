package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.listen.tls.ClientCertificates;
import io.waymark.dns.listen.tls.TlsCredentials;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;

/// A socket of ours that receivers connect to. Blocks.
sealed interface TapServer extends Closeable {
    /// A caller must agree, over TLS and then in Frame Streams, within it.
    int HANDSHAKE_MILLIS_MAX = 4_000;

    int WAITING_MAX = 16;

    /// Waits for the next caller. Over TLS his handshake comes with his first octet.
    TapConnection accept() throws IOException;

    boolean isOpen();

    static TapServer bind(TapPeer.Callers place) throws IOException {
        return switch (place.socket()) {
            case TapAddress.Unix(var path) -> unix(path);
            case TapAddress.Tcp(var address) -> new Tcp(listening(address));
            case TapAddress.Tls(var address) -> {
                var files = place.tls().orElseThrow(() -> new IllegalStateException("no certificate for " + place));
                yield new Tls(listening(address), new TlsCredentials(files.read()));
            }
        };
    }

    private static Unix unix(Path path) throws IOException {
        if (Files.exists(path) && !isAlive(path)) {
            // What a process leaves that was killed.
            Files.delete(path);
        }
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), WAITING_MAX);
            return new Unix(channel, path);
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    private static boolean isAlive(Path path) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static ServerSocket listening(ListenAddress address) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            var every = address.address().equals(ListenAddress.ANY);
            socket.bind(
                    every
                            ? new InetSocketAddress(address.port())
                            : new InetSocketAddress(
                                    InetAddress.getByAddress(address.address().octets()), address.port()),
                    WAITING_MAX);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    private static TapConnection connection(Socket socket) throws IOException {
        socket.setSoTimeout(HANDSHAKE_MILLIS_MAX);
        return new TapConnection(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    record Unix(ServerSocketChannel channel, Path path) implements TapServer {
        @Override
        public TapConnection accept() throws IOException {
            return TapConnection.of(channel.accept());
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(path);
        }
    }

    record Tcp(ServerSocket socket) implements TapServer {
        @Override
        public TapConnection accept() throws IOException {
            return connection(socket.accept());
        }

        @Override
        public boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// The files of the certificate are looked at before each caller.
    record Tls(ServerSocket socket, TlsCredentials credentials) implements TapServer {
        @Override
        public TapConnection accept() throws IOException {
            var caller = socket.accept();
            try {
                credentials.refresh();
                var secure = (SSLSocket) credentials
                        .context()
                        .getSocketFactory()
                        .createSocket(caller, caller.getInetAddress().getHostAddress(), caller.getPort(), true);
                secure.setUseClientMode(false);
                secure.setNeedClientAuth(credentials.clients() == ClientCertificates.REQUIRE_AND_VERIFY);
                if (credentials.clients() == ClientCertificates.VERIFY_IF_GIVEN) {
                    secure.setWantClientAuth(true);
                }
                return connection(secure);
            } catch (IOException failure) {
                caller.close();
                throw failure;
            }
        }

        @Override
        public boolean isOpen() {
            return !socket.isClosed();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
