package io.waymark.dns.plugin.forward;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.waymark.dns.loops.EventLoops;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import io.waymark.records.message.UpstreamQuery;
import io.waymark.records.message.UpstreamReply;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One upstream on the network. Each question has a socket of its own, whose port the kernel draws,
/// and an ID that cannot be guessed (RFC 5452 §9): a forged reply must hit both. The socket is
/// connected, so the kernel drops what comes from elsewhere and tells of a port that nobody
/// listens on. A reply to anything else but the question is dropped, and the right one waited for.
/// How many sockets there are at a time is bounded by the forwarder.
public final class NetworkUpstream implements Upstream {
    private final EventLoops loops;
    private final InetSocketAddress address;
    private final RandomGenerator random;
    private final String name;

    public NetworkUpstream(EventLoops loops, InetSocketAddress address, RandomGenerator random) {
        this.loops = loops;
        this.address = address;
        this.random = random;
        var host = address.getAddress().getHostAddress();
        this.name = host.contains(":") ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<byte[]> askUdp(Query query, Duration timeout) {
        int id = random.nextInt(1 << 16);
        var asking = new Asking("udp", timeout);
        var handler = new SimpleChannelInboundHandler<DatagramPacket>() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(UpstreamQuery.compose(query, id)));
            }

            @Override
            protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                asking.take(query, id, packet.content());
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                asking.fail(cause);
            }
        };
        var bootstrap = new Bootstrap()
                .channelFactory(() -> loops.datagramChannel(address.getAddress()))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(query.udpLimit()))
                .handler(handler);
        return asking.start(bootstrap);
    }

    @Override
    public CompletableFuture<byte[]> askTcp(Query query, Duration timeout) {
        int id = random.nextInt(1 << 16);
        var asking = new Asking("tcp", timeout);
        var handler = new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                var octets = UpstreamQuery.compose(query, id);
                var framed = Unpooled.buffer(2 + octets.length)
                        .writeShort(octets.length)
                        .writeBytes(octets);
                var _ = ctx.writeAndFlush(framed);
            }

            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
                asking.take(query, id, frame);
            }

            @Override
            public void channelInactive(ChannelHandlerContext ctx) {
                asking.fail("it closed the connection without a reply");
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                asking.fail(cause);
            }
        };
        var framed = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(2 + Message.OCTETS_MAX, 0, 2, 0, 2), handler);
            }
        };
        var bootstrap = new Bootstrap()
                .channelFactory(loops::streamChannel)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(framed);
        return asking.start(bootstrap);
    }

    /// One question, its socket and the end of both. Whatever comes first ends it.
    private final class Asking {
        private final String protocol;
        private final Duration timeout;
        private final CompletableFuture<byte[]> reply = new CompletableFuture<>();

        Asking(String protocol, Duration timeout) {
            this.protocol = protocol;
            this.timeout = timeout;
        }

        CompletableFuture<byte[]> start(Bootstrap bootstrap) {
            EventLoop loop = loops.next();
            var connecting = bootstrap.group(loop).connect(address);
            Channel channel = connecting.channel();
            var timer = loop.schedule(
                    () -> fail("no reply within " + timeout.toMillis() + " ms"),
                    timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
            var _ = connecting.addListener(connected -> {
                if (!connected.isSuccess()) {
                    fail(connected.cause());
                } else if (reply.isDone()) {
                    var _ = channel.close();
                }
            });
            return reply.whenComplete((octets, failure) -> {
                timer.cancel(false);
                // A channel that could not even be made has no loop, and nothing to close.
                if (channel.isRegistered()) {
                    var _ = channel.close();
                }
            });
        }

        void take(Query query, int id, ByteBuf content) {
            var octets = new byte[content.readableBytes()];
            content.readBytes(octets);
            if (UpstreamReply.answers(query, id, octets, 0, octets.length)) {
                reply.complete(octets);
            }
        }

        void fail(Throwable cause) {
            boolean refused = cause instanceof PortUnreachableException || cause instanceof ConnectException;
            fail(refused ? "nobody listens there" : String.valueOf(cause.getMessage()));
        }

        void fail(String why) {
            reply.completeExceptionally(new UpstreamException("upstream " + name + "/" + protocol + ": " + why));
        }
    }
}
