package io.waymark.dns.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// The hot path of UDP, on the loop of its channel: every packet of a batch is answered where it
/// stands if the pipeline can say at once what the answer is, and the answers of a batch leave
/// together in [#channelReadComplete], with one system call. An answer that comes later, from
/// whichever thread, leaves with the others of the same turn of the loop.
///
/// Confined to that loop. Per packet it allocates the octets of the answer and what says where
/// they go, which live shortly.
final class UdpHandler extends ChannelInboundHandlerAdapter {
    private final Responder responder;
    private final ReplyPath path;
    private final LongAdder lost;
    /// Of the answers that came later and wait for the end of this turn: whom to tell that they left.
    private final List<Runnable> late = new ArrayList<>();

    private byte[] query = new byte[512];
    private long packets;

    /// @param lost counts packets that could not be answered for a reason of the network
    UdpHandler(Responder responder, ReplyPath path, LongAdder lost) {
        this.responder = responder;
        this.path = path;
        this.lost = lost;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var packet = (DatagramPacket) message;
        packets++;
        try {
            answer(ctx, packet.content(), packet.sender(), packet.recipient());
        } finally {
            packet.release();
        }
    }

    /// How many packets it was given so far.
    long packets() {
        return packets;
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf content, InetSocketAddress sender, InetSocketAddress asked) {
        // Nothing can be sent to port 0 (RFC 768): the kernel refuses, and Netty would raise an
        // exception for each such packet.
        if (sender.getPort() == 0) {
            lost.increment();
            return;
        }
        int length = content.readableBytes();
        if (length > query.length) {
            query = new byte[length];
        }
        content.readBytes(query, 0, length);
        var response = responder.respond(query, 0, length, new Client(Transport.UDP, sender, asked));
        switch (response) {
            case Response.Octets(var answer) -> path.send(ctx, packet(ctx, answer, sender), asked);
            case Response.Silence() -> {}
            case Response.Several several -> throw new IllegalStateException("a packet holds one message");
            case Response.Later(var later, var sent) -> {
                var _ = later.thenAccept(last -> {
                    if (ctx.executor().inEventLoop()) {
                        late(ctx, last, sender, asked, sent);
                    } else {
                        ctx.executor().execute(() -> late(ctx, last, sender, asked, sent));
                    }
                });
            }
        }
    }

    /// Tasks of a loop run when it has read what there is to read: by then the answers of all upstreams' replies of
    /// this turn are written.
    private void late(
            ChannelHandlerContext ctx,
            Response last,
            InetSocketAddress sender,
            InetSocketAddress asked,
            Runnable sent) {
        if (last instanceof Response.Octets(var answer)) {
            path.send(ctx, packet(ctx, answer, sender), asked);
        }
        late.add(sent);
        if (late.size() == 1) {
            ctx.executor().execute(() -> {
                ctx.flush();
                late.forEach(Runnable::run);
                late.clear();
            });
        }
    }

    private static DatagramPacket packet(ChannelHandlerContext ctx, byte[] answer, InetSocketAddress client) {
        return new DatagramPacket(ctx.alloc().directBuffer(answer.length).writeBytes(answer), client);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /// Comes from a send that the kernel refused (no route, filtered): the answer of one packet is
    /// lost, as packets are, and the rest of the batch goes on.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        lost.increment();
    }
}
