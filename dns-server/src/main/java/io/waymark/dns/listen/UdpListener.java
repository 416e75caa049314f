package io.waymark.dns.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.records.address.IpAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Answers queries that arrive over UDP (RFC 1035 §4.2.1). Owns one socket a loop, all of one
/// address; the kernel spreads the clients over them (SO_REUSEPORT).
/// Lifecycle: [#bind], [#open], answering, [#pause], [#close]. Receives on the loops; closed from elsewhere.
public final class UdpListener implements AutoCloseable {
    private final EventLoops loops;
    private final UdpChannels channels;
    private final Supplier<Responder> responders;
    private final List<Channel> bound = new CopyOnWriteArrayList<>();
    private final LongAdder lost = new LongAdder();

    private UdpListener(EventLoops loops, ListenerLimits limits, Supplier<Responder> responders) {
        this.loops = loops;
        this.channels = new UdpChannels(loops, limits);
        this.responders = responders;
    }

    /// Returns once the sockets are bound; packets wait in them. Blocks, hence never on an event loop. Throws a
    /// [ListenException]
    /// if an address cannot be bound; of a host's two families one may be missing.
    public static UdpListener bind(
            EventLoops loops, BindAddress address, Supplier<Responder> responders, ListenerLimits limits) {
        var listener = new UdpListener(loops, limits, responders);
        try {
            switch (address) {
                case BindAddress.One(var one, int port) -> listener.bindOne(one, port);
                case BindAddress.Every(int port) -> listener.bindEvery(port);
            }
            return listener;
        } catch (RuntimeException cause) {
            listener.close();
            throw new ListenException(Transport.UDP, address, cause);
        }
    }

    private void bindEvery(int port) {
        bindOne(new IpAddress.V4(0), port);
        if (BindProbe.hasIpv6()) {
            bindOne(new IpAddress.V6(0, 0), port);
        }
    }

    private void bindOne(IpAddress address, int port) {
        var socketAddress = BindAddress.socketAddress(address, port);
        if (socketAddress.getAddress().isAnyLocalAddress()) {
            bindAll(socketAddress, true, new SocketPerAddress(asked -> bindLater(new InetSocketAddress(asked, port))));
        } else {
            bindAll(socketAddress, false, ReplyPath.SAME_SOCKET);
        }
    }

    private void bindAll(InetSocketAddress address, boolean packetInfo, ReplyPath path) {
        for (var binding : startBind(address, packetInfo, path, false)) {
            bound.add(binding.syncUninterruptibly().channel());
        }
    }

    // On an event loop, which must not wait.
    private CompletableFuture<Channel> bindLater(InetSocketAddress address) {
        var first = new CompletableFuture<Channel>();
        for (var binding : startBind(address, false, ReplyPath.SAME_SOCKET, true)) {
            binding.addListener(done -> {
                if (done.isSuccess()) {
                    bound.add(binding.channel());
                    first.complete(binding.channel());
                } else {
                    first.completeExceptionally(done.cause());
                }
            });
        }
        return first;
    }

    private List<ChannelFuture> startBind(
            InetSocketAddress address, boolean packetInfo, ReplyPath path, boolean reading) {
        return loops.each().stream()
                .limit(channels.socketsPerAddress())
                .map(loop ->
                        channels.bind(loop, address, packetInfo, reading, new UdpHandler(responders.get(), path, lost)))
                .toList();
    }

    /// How many packets could not be answered for a reason of the network: a source port 0, no
    /// route back.
    public long lost() {
        return lost.sum();
    }

    /// Begins to answer.
    public void open() {
        bound.forEach(channel -> channel.config().setAutoRead(true));
    }

    /// Takes no more packets; those that have arrived are read and answered. Any thread.
    /// @param max past it what has arrived is left unread
    /// @return completes when they are read; answers that come later still leave
    public CompletableFuture<Void> pause(Duration max) {
        return CompletableFuture.allOf(
                bound.stream().map(channel -> UdpDrain.begin(channel, max)).toArray(CompletableFuture[]::new));
    }

    /// Returns once the sockets are closed. Blocks, hence never on an event loop.
    @Override
    public void close() {
        bound.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
