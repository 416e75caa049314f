package io.waymark.dns.pipeline;

import java.util.concurrent.CompletableFuture;

/// What a listener does with the octets it received.
public sealed interface Response {
    Response SILENCE = new Silence();

    /// Send these: one whole message, within the limit of the transport it was asked for. Nobody
    /// else keeps the array.
    record Octets(byte[] octets) implements Response {}

    /// Send nothing.
    record Silence() implements Response {}

    /// Wait: it completes on any thread, never exceptionally, with one of the other two, and
    /// within the deadline of what it waits for.
    /// @param sent to be called when the answer has left, or there is none: a server that ends waits
    ///             for it
    record Later(CompletableFuture<Response> response, Runnable sent) implements Response {}
}
