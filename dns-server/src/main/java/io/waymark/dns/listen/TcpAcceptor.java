package io.waymark.dns.listen;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.respond.Responder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The connections that one event loop has of a [TcpListener], and the bound on their number.
/// Confined to that loop.
final class TcpAcceptor extends VerticleBase {
    private static final int BACKLOG = 1_024;

    private static final long TICK_MILLIS_MAX = 1_000;

    private final BindAddress address;
    private final Wire wire;
    private final Responder responder;
    private final Supplier<ListenerLimits> limits;
    private final LongSupplier nanoTime;
    private final AtomicBoolean draining;
    private final Set<TcpConnection> connections = new HashSet<>();

    TcpAcceptor(
            BindAddress address,
            Wire wire,
            Responder responder,
            Supplier<ListenerLimits> limits,
            LongSupplier nanoTime,
            AtomicBoolean draining) {
        this.address = address;
        this.wire = wire;
        this.responder = responder;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.draining = draining;
    }

    @Override
    public Future<?> start() {
        var timeouts = limits.get().timeouts();
        long tick = Math.clamp(timeouts.shortest().toMillis() / 4, 1, TICK_MILLIS_MAX);
        vertx.setPeriodic(tick, now -> closeIdle());
        var options = new NetServerOptions()
                .setTcpNoDelay(true)
                .setAcceptBacklog(BACKLOG)
                .setReuseAddress(true)
                // A reload may bind every address beside one of them. Strangers are told by BindProbe.
                .setReusePort(true);
        wire.encryption().applyTo(options, timeouts.read());
        return vertx.createNetServer(options)
                .connectHandler(this::accept)
                .exceptionHandler(failedHandshake -> {})
                .listen(address.port(), address.host());
    }

    private void accept(NetSocket socket) {
        var limitsNow = limits.get();
        if (draining.get() || connections.size() >= limitsNow.connectionsMax() && !closeLongestIdle()) {
            socket.close();
            return;
        }
        var client = new Client(wire.transport(), address(socket.remoteAddress()), address(socket.localAddress()));
        var connection = new TcpConnection(socket, client, context, responder, limitsNow, nanoTime, draining);
        connections.add(connection);
        socket.closeHandler(closed -> {
            connections.remove(connection);
            connection.closed();
        });
        connection.open();
    }

    private static InetSocketAddress address(SocketAddress address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address.hostAddress()), address.port());
    }

    /// Makes room for a client that may have something to ask; false if everybody has.
    private boolean closeLongestIdle() {
        var longest =
                connections.stream().filter(TcpConnection::idle).min(Comparator.comparingLong(TcpConnection::progress));
        longest.ifPresent(connection -> {
            connections.remove(connection);
            connection.close();
        });
        return longest.isPresent();
    }

    private void closeIdle() {
        long now = nanoTime.getAsLong();
        connections.forEach(connection -> connection.closeIfIdle(now));
    }
}
