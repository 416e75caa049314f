package io.waymark.dns.plugin.forward.upstream;

import io.waymark.records.message.Query;
import io.waymark.records.message.Received.Matched;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// One server that questions are forwarded to. Any thread may ask; nothing blocks.
public interface Upstream extends AutoCloseable {

    /// For people and metrics: `192.0.2.1:53`.
    String name();

    /// Where a question goes that is to travel this way, and how it does.
    Route route(Way way);

    /// Asks with an ID of its own and waits for the one reply that matches. Completes with the reply,
    /// truncated or not, or with an [UpstreamException] when the patience is at its end. Cancelled, it
    /// gives up its socket.
    CompletableFuture<Matched> ask(Query query, Way way, Patience patience);

    /// Closes the connections that are kept; questions that wait may fail.
    @Override
    void close();

    /// How the question travels, where the upstream leaves a choice.
    enum Way {
        /// UDP, each question from a port of its own.
        DATAGRAM,
        /// TCP.
        STREAM
    }

    /// Where and how.
    record Route(InetSocketAddress address, Way way) {}

    /// How long one question to one upstream may take.
    /// @param read  for the reply, once the question can be sent
    /// @param total for all, connecting included
    record Patience(Duration read, Duration total) {
        /// For all together, connecting or not.
        public static Patience of(Duration all) {
            return new Patience(all, all);
        }
    }
}
