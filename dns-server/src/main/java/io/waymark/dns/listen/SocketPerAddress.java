package io.waymark.dns.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The reply path of a socket that is bound to every address of the host. Netty cannot say which
/// address a packet is to leave from, and the kernel's choice by route is wrong on a host with
/// several. So the first packet to an address binds sockets to just that address; its answer
/// leaves there, and from then on the kernel itself prefers them for what comes in, at the full
/// speed of any other. An address that the host gets later needs nothing else.
final class SocketPerAddress implements ReplyPath {
    /// A process on this host can ask at any address of 127.0.0.0/8; past this many addresses the
    /// kernel chooses.
    static final int ADDRESSES_MAX = 64;

    private final Function<InetAddress, CompletableFuture<Channel>> bind;
    private final ConcurrentHashMap<InetAddress, CompletableFuture<Channel>> bound = new ConcurrentHashMap<>();

    /// @param bind opens the sockets of one address and says one of them; called once an address
    SocketPerAddress(Function<InetAddress, CompletableFuture<Channel>> bind) {
        this.bind = bind;
    }

    @Override
    public void send(ChannelHandlerContext ctx, DatagramPacket answer, InetSocketAddress asked) {
        var address = asked.getAddress();
        if (address.isAnyLocalAddress() || bound.size() >= ADDRESSES_MAX && !bound.containsKey(address)) {
            SAME_SOCKET.send(ctx, answer, asked);
            return;
        }
        var _ = bound.computeIfAbsent(address, bind).whenComplete((socket, failure) -> {
            if (failure == null) {
                var _ = socket.writeAndFlush(answer, socket.voidPromise());
            } else {
                var _ = ctx.writeAndFlush(answer, ctx.voidPromise());
            }
        });
    }
}
