package io.waymark.dns.pipeline.respond;

import io.waymark.dns.pipeline.Client;

/// Turns octets that were received into what goes back: the door from the listeners to the
/// pipeline. Confined to one event loop; neither blocks nor throws.
@FunctionalInterface
public interface Responder {

    /// The message is `length` octets at `offset`; they are read before this returns, and belong to
    /// the caller again after it.
    Response respond(byte[] octets, int offset, int length, Client client);
}
