package io.waymark.dns.plugin.forward.upstream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A socket to one upstream, for one question after the other. It is connected while it asks, so the
/// kernel drops what comes from elsewhere and tells of a port that nobody listens on. Between two questions
/// it is not: then it has no port, and the next question is given another one, which the kernel draws.
/// On one loop.
final class DatagramSocket extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Channel channel;
    private final Endpoint endpoint;
    private @Nullable Asking asking;
    private boolean used;

    /// @param replyOctets what a reply may have at most
    DatagramSocket(Channel channel, Endpoint endpoint, int replyOctets) {
        this.channel = channel;
        this.endpoint = endpoint;
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(replyOctets));
        channel.pipeline().addLast(this);
    }

    /// Before it is asked for the first time; fails the question if the loop is closed.
    void register(EventLoop loop, Asking first) {
        var _ = loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                first.fail(registered.cause());
            }
        });
    }

    /// Sends a question. Replies come to it until [#rest] or [#close].
    void ask(Asking next) {
        asking = next;
        if (used) {
            again(next);
            return;
        }
        used = true;
        var connecting = endpoint.source().isPresent()
                ? channel.connect(endpoint.address(), endpoint.source().get())
                : channel.connect(endpoint.address());
        var _ = connecting.addListener((Future<Void> connected) -> {
            if (connected.isSuccess()) {
                send(next);
            } else {
                next.fail(connected.cause());
            }
        });
    }

    // Below the channel, which would ask the kernel for both addresses each time; to it, nothing has changed.
    // A source address has stayed when the port went.
    private void again(Asking next) {
        try {
            kernel().connect(endpoint.address());
            send(next);
        } catch (IOException refused) {
            next.fail(refused);
        }
    }

    private void send(Asking next) {
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(next.octets()), channel.voidPromise());
    }

    /// Gives the port back. Only on epoll.
    /// @return whether it can be asked again
    boolean rest() {
        asking = null;
        try {
            if (!channel.isOpen()) {
                return false;
            }
            kernel().disconnect();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private Socket kernel() {
        return (Socket) ((EpollDatagramChannel) channel).fd();
    }

    void close() {
        asking = null;
        // One that could not be registered has no loop, and is closed already.
        if (channel.isRegistered()) {
            var _ = channel.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
        var waiting = asking;
        if (waiting != null) {
            waiting.read(packet.content()).ifPresent(waiting::complete);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var waiting = asking;
        if (waiting != null) {
            waiting.fail(cause);
        }
    }
}
