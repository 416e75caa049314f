package io.waymark.dns.plugin.forward.upstream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.waymark.dns.loops.EventLoops;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A question over UDP. It has a socket of its own, whose port the kernel draws, and an ID that
/// cannot be guessed (RFC 5452 §9): a forged reply must hit both within the time of one question. The
/// socket is connected, so the kernel drops what comes from elsewhere and tells of a port that nobody
/// listens on. It lives on the loop of whoever asks, mostly the client's, so that a question crosses
/// no thread.
final class DatagramAsking extends SimpleChannelInboundHandler<DatagramPacket> {
    /// More than a query may ask for without being truncated by us; replies that are longer than the
    /// query allows are taken as well.
    private static final int REPLY_OCTETS_MIN = 4_096;

    private final Asking asking;

    private DatagramAsking(Asking asking) {
        this.asking = asking;
    }

    /// Sends the question; its socket is closed when it is over.
    /// @param udpLimit octets that the query says a reply may have
    static void start(Asking asking, EventLoops loops, Endpoint endpoint, int udpLimit, Duration timeout) {
        EventLoop loop = loops.here();
        Channel channel;
        try {
            channel = loops.datagramChannel(endpoint.address().getAddress());
        } catch (ChannelException none) {
            asking.fail("no socket can be had for it: " + none.getMessage());
            return;
        }
        channel.config()
                .setOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(Math.max(REPLY_OCTETS_MIN, udpLimit)));
        channel.pipeline().addLast(new DatagramAsking(asking));
        var timer = loop.schedule(
                () -> asking.fail("no reply within " + timeout.toMillis() + " ms"),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        var _ = asking.reply().whenComplete((reply, failure) -> {
            timer.cancel(false);
            // One that could not be registered has no loop, and is closed already.
            if (channel.isRegistered()) {
                var _ = channel.close();
            }
        });
        var _ = loop.register(channel).addListener(registered -> {
            if (registered.isSuccess()) {
                connect(asking, channel, endpoint);
            } else {
                asking.fail(registered.cause());
            }
        });
    }

    private static void connect(Asking asking, Channel channel, Endpoint endpoint) {
        var connecting = endpoint.source().isPresent()
                ? channel.connect(endpoint.address(), endpoint.source().get())
                : channel.connect(endpoint.address());
        var _ = connecting.addListener((Future<Void> connected) -> {
            if (!connected.isSuccess()) {
                asking.fail(connected.cause());
            } else if (asking.isOver()) {
                var _ = channel.close();
            } else {
                var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(asking.octets()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        asking.read(packet.content()).ifPresent(asking::complete);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        asking.fail(cause);
    }
}
