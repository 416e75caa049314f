package io.waymark.dns.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/// Which socket an answer leaves by: a client takes an answer only from the address it asked.
interface ReplyPath {
    /// By the socket that the query came in by: right wherever that is bound to one address.
    ReplyPath SAME_SOCKET = (ctx, answer, asked) -> {
        var _ = ctx.write(answer, ctx.voidPromise());
    };

    /// Writes the answer and releases it; the caller flushes its own channel. On the loop of `ctx`.
    /// @param asked the address the query was sent to, as far as the kernel told
    void send(ChannelHandlerContext ctx, DatagramPacket answer, InetSocketAddress asked);
}
