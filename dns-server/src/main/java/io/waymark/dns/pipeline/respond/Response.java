package io.waymark.dns.pipeline.respond;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/// What a listener does with the octets it received.
public sealed interface Response {
    Response SILENCE = new Silence();

    /// Send these: one whole message, within the limit of the transport it was asked for. Nobody
    /// else keeps the array.
    record Octets(byte[] octets) implements Response {}

    /// Send these one after the other, each when the client has taken those before: whole messages,
    /// over TCP only. Asking for one composes it, on the thread that asks; if that throws, which has
    /// been noted, no more follow and the client must not take them for all.
    /// @param sent to be called when the last has left, or none will any more
    record Several(Iterator<byte[]> messages, Runnable sent) implements Response {}

    /// Send nothing.
    record Silence() implements Response {}

    /// Wait: it completes on any thread, never exceptionally, with one of the others, and
    /// within the deadline of what it waits for.
    /// @param sent to be called when the answer has left, or there is none: a server that ends waits
    ///             for it
    record Later(CompletableFuture<Response> response, Runnable sent) implements Response {}
}
