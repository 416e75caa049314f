package io.waymark.dns.plugin.forward;

import io.waymark.records.message.Query;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One server that questions are forwarded to. Any thread may ask; nothing blocks.
public interface Upstream {

    /// For people: `192.0.2.1:53`.
    String name();

    /// Asks over UDP with an ID and a port of its own, and waits for the one reply that matches.
    /// Completes with the reply, truncated or not, or with an [UpstreamException] at the latest
    /// after `timeout`.
    CompletableFuture<byte[]> askUdp(Query query, Duration timeout);

    /// The same over a TCP connection of its own; the timeout includes the connecting.
    CompletableFuture<byte[]> askTcp(Query query, Duration timeout);
}
