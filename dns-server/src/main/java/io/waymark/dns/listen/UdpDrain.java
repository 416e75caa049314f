package io.waymark.dns.listen;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The last packets of one socket: no further ones come in, and those that the kernel holds are read
/// before it is closed, for with the socket they would be gone.
///
/// A connected UDP socket gets packets of its peer alone, keeps those that it has, and is left out when
/// the kernel spreads packets over the sockets of an address (SO_REUSEPORT). So the socket is
/// connected to itself: others at its address, as after a reload, get all that comes from then on, and if
/// there are none the client is told so at once. Two kinds of sockets stay open to everybody until they are
/// empty: one bound to all addresses, which would lose the address it answers from, and Java's own
/// (without epoll), which drop what they hold when they are connected.
///
/// Confined to the loop of its channel.
final class UdpDrain {
    /// Each look comes after a wait for input, so that what was there has been read.
    private static final long LOOK_MILLIS = 1;

    private final Channel channel;
    private final UdpHandler handler;
    private final long deadline;
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private long read = -1;

    private UdpDrain(Channel channel, long deadline) {
        this.channel = channel;
        this.handler = channel.pipeline().get(UdpHandler.class);
        this.deadline = deadline;
    }

    /// Any thread.
    /// @return completes when nothing is left to read, or after `max`; from then on nothing is read
    static CompletableFuture<Void> begin(Channel channel, Duration max) {
        var drain = new UdpDrain(channel, System.nanoTime() + max.toNanos());
        var address = (InetSocketAddress) channel.localAddress();
        if (channel instanceof EpollDatagramChannel && !address.getAddress().isAnyLocalAddress()) {
            // If it cannot be connected it is emptied as it is.
            channel.connect(address).addListener(connected -> drain.lookLater());
        } else {
            drain.lookLater();
        }
        return drain.empty;
    }

    private void lookLater() {
        var _ = channel.eventLoop().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (handler.packets() == read || System.nanoTime() - deadline > 0) {
            channel.config().setAutoRead(false);
            empty.complete(null);
        } else {
            read = handler.packets();
            lookLater();
        }
    }
}
