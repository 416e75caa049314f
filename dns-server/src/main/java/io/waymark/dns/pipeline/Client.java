package io.waymark.dns.pipeline;

import io.waymark.records.address.IpAddress;
import java.net.InetSocketAddress;

/// Who asks, and how the query came.
/// @param address where the answer goes; resolved
/// @param local   where it was received; the wildcard address if nobody knows
public record Client(Transport transport, InetSocketAddress address, InetSocketAddress local) {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

    /// Received who knows where.
    public Client(Transport transport, InetSocketAddress address) {
        this(transport, address, ANYWHERE);
    }

    /// Who asks, without the port.
    public IpAddress ip() {
        var octets = address.getAddress().getAddress();
        return IpAddress.ofOctets(octets, 0, octets.length);
    }
}
