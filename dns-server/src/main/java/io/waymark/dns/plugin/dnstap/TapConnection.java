package io.waymark.dns.plugin.dnstap;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/// An open connection to whoever listens. Blocks.
/// @param whole what is closed to end it
record TapConnection(InputStream in, OutputStream out, Closeable whole) implements Closeable {

    static TapConnection of(SocketChannel channel) {
        return new TapConnection(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }
}
