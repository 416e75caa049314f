package io.waymark.dns.loops;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The event loops of one server: Vert.x, and Netty's view of the same threads. The one class that
/// reaches below Vert.x' API, because Vert.x' own datagram socket reads one packet at a time.
/// Lifecycle: [#start], running, [#close].
public final class EventLoops implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 10;

    private final Vertx vertx;
    private final EventLoopGroup group;
    private final boolean epoll;
    private final int count;

    private EventLoops(Vertx vertx, boolean epoll, int count) {
        this.vertx = vertx;
        this.group = ((VertxInternal) vertx).nettyEventLoopGroup();
        this.epoll = epoll;
        this.count = count;
    }

    /// Starts `count` loops, on epoll where its native library loads, else on NIO.
    public static EventLoops start(int count) {
        return start(count, Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO);
    }

    /// Why epoll's native library does not load; empty if it does.
    public static String whyNoEpoll() {
        var cause = Transport.EPOLL.unavailabilityCause();
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }

    /// Starts `count` loops without any native library.
    public static EventLoops startPortable(int count) {
        return start(count, Transport.NIO);
    }

    // What costs at start and serves no query stays off: the cache of class path files, and pools
    // for work that blocks, of which there is none.
    private static EventLoops start(int count, Transport transport) {
        var options = new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(TimeUnit.MINUTES.toMillis(1))
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        var vertx = Vertx.builder().with(options).withTransport(transport).build();
        return new EventLoops(vertx, transport.equals(Transport.EPOLL), count);
    }

    /// The frame: TCP, HTTP and timers.
    public Vertx vertx() {
        return vertx;
    }

    /// Whether the loops run on epoll.
    public boolean epoll() {
        return epoll;
    }

    /// How many loops there are.
    public int count() {
        return count;
    }

    /// One of the loops, in turn.
    public EventLoop next() {
        return group.next();
    }

    /// The loop of the calling thread, so that what belongs together stays on one thread; one of the
    /// loops, in turn, if the caller runs on none of them.
    public EventLoop here() {
        for (EventExecutor executor : group) {
            if (executor.inEventLoop()) {
                return (EventLoop) executor;
            }
        }
        return next();
    }

    /// Each loop once.
    public List<EventLoop> each() {
        var loops = new ArrayList<EventLoop>(count);
        for (EventExecutor executor : group) {
            loops.add((EventLoop) executor);
        }
        return loops;
    }

    /// A datagram channel of the family of `address`, of the kind that these loops can drive.
    public Channel datagramChannel(InetAddress address) {
        var family = address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        return epoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }

    /// A TCP channel that is not connected yet, of the kind that these loops can drive.
    public Channel streamChannel() {
        return epoll ? new EpollSocketChannel() : new NioSocketChannel();
    }

    /// Returns when every loop has ended what it does now, so that whatever is asked on a loop from now
    /// on was begun after this call. Blocks, hence never on an event loop.
    /// @param max throws a [TimeoutException] past it
    public void awaitTurn(Duration max) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + max.toNanos();
        try {
            for (var turn : each().stream().map(loop -> loop.submit(() -> {})).toList()) {
                turn.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("an empty task cannot fail", impossible);
        }
    }

    /// Ends the threads. Blocks, hence never on an event loop; ten seconds at most.
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("the event loops did not end within " + CLOSE_SECONDS_MAX + " s", late);
        }
    }
}
