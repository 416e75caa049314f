package io.waymark.dns.listen.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/// Another context, which tells [Handshakes] when one begins and when it is over. Vert.x shows a connection
/// to its server only then, and Netty's own wrapper has no place where the connection is known before.
final class ToldContext extends SslContext {
    private final SslContext context;
    private final Handshakes handshakes;

    ToldContext(SslContext context, Handshakes handshakes) {
        this.context = context;
        this.handshakes = handshakes;
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator buffers, boolean startTls) {
        return newHandler(buffers, startTls, Runnable::run);
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator buffers, boolean startTls, Executor worker) {
        return new ToldHandler(newEngine(buffers), startTls, worker);
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator buffers, String peerHost, int peerPort, boolean startTls) {
        return newHandler(buffers, peerHost, peerPort, startTls, Runnable::run);
    }

    @Override
    protected SslHandler newHandler(
            ByteBufAllocator buffers, String peerHost, int peerPort, boolean startTls, Executor worker) {
        return new ToldHandler(newEngine(buffers, peerHost, peerPort), startTls, worker);
    }

    private final class ToldHandler extends SslHandler {
        ToldHandler(SSLEngine engine, boolean startTls, Executor worker) {
            super(engine, startTls, worker);
        }

        @Override
        public void handlerAdded(ChannelHandlerContext place) throws Exception {
            super.handlerAdded(place);
            handshakes.begin(place.channel());
            // It fails, too, when the connection ends.
            handshakeFuture().addListener(over -> handshakes.end(place.channel()));
        }
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers) {
        return context.newEngine(buffers);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator buffers, String peerHost, int peerPort) {
        return context.newEngine(buffers, peerHost, peerPort);
    }

    @Override
    public boolean isClient() {
        return context.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return context.cipherSuites();
    }

    // The type is deprecated, but a context cannot do without.
    @Override
    @SuppressWarnings("deprecation")
    public io.netty.handler.ssl.ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return context.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
        return context.sessionContext();
    }
}
