package io.waymark.dns.pipeline;

import java.net.InetSocketAddress;

/// Who asks, and how the query came.
/// @param address where the answer goes; resolved
/// @param local   where it was received: what the socket is bound to, so the wildcard address for one
///                that receives at all of them
public record Client(Transport transport, InetSocketAddress address, InetSocketAddress local) {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

    /// Received who knows where.
    public Client(Transport transport, InetSocketAddress address) {
        this(transport, address, ANYWHERE);
    }
}
