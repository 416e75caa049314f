package io.waymark.dns.listen;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import io.waymark.dns.loops.EventLoops;
import java.net.InetSocketAddress;

/// Opens the datagram channels of a [UdpListener] on one loop: the one place where epoll and NIO
/// differ.
///
/// On epoll a read takes up to [#PACKETS_PER_READ] packets out of the kernel with one `recvmmsg`,
/// which Netty does only if it knows the size of a packet and is given a buffer of that many, and
/// the answers go back with one `sendmmsg` if they are flushed together. One packet at a time
/// costs half as much again. UDP_GRO stays off: together with recvmmsg it merges packets.
final class UdpChannels {
    static final int PACKETS_PER_READ = 32;
    /// Octets that the kernel may hold for a socket while its loop is busy; the system's
    /// `net.core.rmem_max` caps it.
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final EventLoops loops;
    private final ListenerLimits limits;

    UdpChannels(EventLoops loops, ListenerLimits limits) {
        this.loops = loops;
        this.limits = limits;
    }

    /// How many sockets may share one address: one a loop on epoll, one alone without it.
    int socketsPerAddress() {
        return loops.epoll() ? loops.count() : 1;
    }

    /// Binds a channel on `loop`, which reads at once or when it is told to. `packetInfo` asks the kernel for the
    /// address that each packet was sent to, which a channel of one address knows anyway.
    ChannelFuture bind(
            EventLoop loop, InetSocketAddress address, boolean packetInfo, boolean reading, ChannelHandler handler) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> loops.datagramChannel(address.getAddress()))
                .handler(handler)
                .option(ChannelOption.AUTO_READ, reading)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER);
        if (!loops.epoll()) {
            return bootstrap
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(limits.queryOctetsMax()))
                    .bind(address);
        }
        bootstrap
                .option(UnixChannelOption.SO_REUSEPORT, true)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, limits.queryOctetsMax())
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(PACKETS_PER_READ * limits.queryOctetsMax()));
        if (packetInfo) {
            bootstrap.option(EpollChannelOption.IP_RECVORIGDSTADDR, true);
        }
        return bootstrap.bind(address);
    }
}
