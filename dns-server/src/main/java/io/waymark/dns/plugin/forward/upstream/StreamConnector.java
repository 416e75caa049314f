package io.waymark.dns.plugin.forward.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Promise;
import io.waymark.dns.loops.EventLoops;
import io.waymark.records.message.Message;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Makes connections to one upstream, framed as RFC 1035 §4.2.2 says.
final class StreamConnector {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final EventLoops loops;
    private final Endpoint endpoint;
    private final Security security;

    /// What protects a connection.
    sealed interface Security permits None, Tls {
        Security NONE = new None();
    }

    /// Nothing.
    record None() implements Security {}

    /// TLS 1.2 or 1.3, with a certificate for `host`.
    record Tls(SSLContext context, String host) implements Security {}

    StreamConnector(EventLoops loops, Endpoint endpoint, Security security) {
        this.loops = loops;
        this.endpoint = endpoint;
        this.security = security;
    }

    /// Tells one of the two, on the connection's loop and within the limit: the connection, when
    /// questions can be sent on it, or why there is none.
    /// @return gives the connecting up when it is failed
    Promise<Channel> connect(
            StreamConnection connection, Duration limit, Consumer<Channel> ready, Consumer<Throwable> failed) {
        var loop = loops.here();
        var channel = new AtomicReference<@Nullable Channel>();
        var made = loop.<Channel>newPromise();
        var timer = loop.schedule(
                () -> made.tryFailure(new TimeoutException("no connection within " + limit.toMillis() + " ms")),
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        var _ = made.addListener(end -> {
            timer.cancel(false);
            if (end.isSuccess()) {
                ready.accept(made.getNow());
            } else {
                failed.accept(end.cause());
                var begun = channel.get();
                if (begun != null && begun.isRegistered()) {
                    var _ = begun.close();
                }
            }
        });
        var connecting = connecting(bootstrap(loop, connection));
        channel.set(connecting.channel());
        var _ = connecting.addListener(connected -> {
            var tls = connecting.channel().pipeline().get(SslHandler.class);
            if (!connected.isSuccess()) {
                made.tryFailure(connected.cause());
            } else if (tls == null) {
                settle(made, connecting.channel());
            } else {
                var _ = tls.handshakeFuture().addListener(shaken -> {
                    if (shaken.isSuccess()) {
                        settle(made, connecting.channel());
                    } else {
                        made.tryFailure(shaken.cause());
                    }
                });
            }
        });
        return made;
    }

    private static void settle(Promise<Channel> made, Channel channel) {
        if (!made.trySuccess(channel)) {
            var _ = channel.close();
        }
    }

    private Bootstrap bootstrap(EventLoop loop, StreamConnection connection) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(loops::streamChannel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (security instanceof Tls tls) {
                            channel.pipeline().addLast(handler(tls));
                        }
                        channel.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(2 + Message.OCTETS_MAX, 0, 2, 0, 2),
                                        connection);
                    }
                });
    }

    private ChannelFuture connecting(Bootstrap bootstrap) {
        return endpoint.source().isPresent()
                ? bootstrap.connect(endpoint.address(), endpoint.source().get())
                : bootstrap.connect(endpoint.address());
    }

    /// The arithmetic of a handshake takes milliseconds, so it is not done on the loop.
    private SslHandler handler(Tls tls) {
        SSLEngine engine =
                tls.context().createSSLEngine(tls.host(), endpoint.address().getPort());
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(TLS_VERSIONS);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        var handler = new SslHandler(engine, false, Thread::startVirtualThread);
        // The connector's own limit is for both, connecting and the handshake.
        handler.setHandshakeTimeout(0, TimeUnit.MILLISECONDS);
        return handler;
    }
}
