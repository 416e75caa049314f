package io.waymark.dns.pipeline;

import java.net.InetSocketAddress;

/// Who asks, and how the query came.
/// @param address where the answer goes; resolved
public record Client(Transport transport, InetSocketAddress address) {}
