package io.waymark.dns.plugin.forward.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection to an upstream, with one question on it at a time: so a reply that is late, or a
/// server that answers in order, holds up nobody else. All but [#close] runs on its loop.
final class StreamConnection extends SimpleChannelInboundHandler<ByteBuf> {
    private final StreamPool pool;
    private final long made;
    private @Nullable Channel channel;
    private @Nullable Errand errand;
    private @Nullable ScheduledFuture<?> expiry;
    private int questions;

    /// A question on its way over this connection.
    /// @param asking  the question
    /// @param onClose what to do if the upstream closes a connection that was used before, unread:
    ///                it had been idle for too long in its eyes (RFC 7766 §6.2.3)
    private record Errand(Asking asking, Runnable onClose, ScheduledFuture<?> timer) {}

    /// @param made when, in nanoseconds of the pool's clock
    StreamConnection(StreamPool pool, long made) {
        this.pool = pool;
        this.made = made;
    }

    long made() {
        return made;
    }

    void opened(Channel opened) {
        channel = opened;
    }

    /// Sends a question, from any thread.
    /// @param onClose called instead of a failure if the connection had been closed in the meantime
    void ask(Asking asking, Duration read, Runnable onClose) {
        var open = open();
        if (open.eventLoop().inEventLoop()) {
            send(open, asking, read, onClose);
        } else {
            open.eventLoop().execute(() -> send(open, asking, read, onClose));
        }
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("a connection is used before it is made");
        }
        return channel;
    }

    private void send(Channel open, Asking asking, Duration read, Runnable onClose) {
        if (expiry != null) {
            expiry.cancel(false);
            expiry = null;
        }
        if (!open.isActive()) {
            onClose.run();
            return;
        }
        questions++;
        var timer = open.eventLoop()
                .schedule(
                        () -> fail(asking, "no reply within " + read.toMillis() + " ms"),
                        read.toNanos(),
                        TimeUnit.NANOSECONDS);
        errand = new Errand(asking, onClose, timer);
        var _ = asking.reply().whenComplete((reply, failure) -> {
            if (failure instanceof CancellationException) {
                open.eventLoop().execute(() -> giveUp(asking));
            }
        });
        var octets = asking.octets();
        var framed =
                Unpooled.buffer(2 + octets.length).writeShort(octets.length).writeBytes(octets);
        var _ = open.writeAndFlush(framed);
    }

    /// What may still come for this question must not meet another one.
    private void fail(Asking asking, String why) {
        errand = null;
        asking.fail(why);
        close();
    }

    private void giveUp(Asking asking) {
        var now = errand;
        if (now != null && now.asking() == asking) {
            now.timer().cancel(false);
            fail(asking, "given up");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
        var now = errand;
        if (now == null) {
            // Nothing was asked: whoever sends anyway is not to be trusted with a question.
            pool.unasked();
            close();
            return;
        }
        var reply = now.asking().read(frame);
        if (reply.isPresent()) {
            now.timer().cancel(false);
            errand = null;
            // First, so that whoever waits for the reply can ask over it again.
            pool.giveBack(this);
            now.asking().complete(reply.get());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        var now = errand;
        errand = null;
        if (now != null) {
            now.timer().cancel(false);
            if (questions > 1) {
                now.onClose().run();
            } else {
                now.asking().fail("it closed the connection without a reply");
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var now = errand;
        if (now != null && questions == 1) {
            now.asking().fail(cause);
        }
        close();
    }

    /// Closes it if it is idle for so long. On its loop.
    void expireAfter(Duration idle) {
        expiry = open().eventLoop().schedule(this::close, idle.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// From any thread.
    void close() {
        var _ = open().close();
    }
}
