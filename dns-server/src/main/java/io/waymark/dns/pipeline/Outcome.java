package io.waymark.dns.pipeline;

import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.rr.RecordSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a [Plugin] decides about a query.
public sealed interface Outcome {
    Outcome PASS = new Pass();
    Outcome DROP = new Drop();

    /// This is the answer; what the query adds (ID, question, EDNS, limit) is not in it yet.
    record Answer(Reply reply) implements Outcome {}

    /// An upstream's whole reply to a query with the same question, as it came, of any length.
    record Verbatim(byte[] octets) implements Outcome {}

    /// No answer can be had; the client gets the response code, the `errors` plugin the reason.
    /// @param aliases those that led to the name that cannot be answered, mostly none
    record Fail(Rcode rcode, List<RecordSet> aliases, String reason) implements Outcome {
        /// Copies the list.
        public Fail {
            aliases = List.copyOf(aliases);
        }

        Fail(Rcode rcode, String reason) {
            this(rcode, List.of(), reason);
        }
    }

    /// Not for this plugin: the next one decides.
    record Pass() implements Outcome {}

    /// The client gets nothing at all.
    record Drop() implements Outcome {}

    /// Not known yet. Completes within the deadline of whatever it waits for, on any thread, with
    /// none of [Pass] and [Later].
    record Later(CompletableFuture<Outcome> outcome) implements Outcome {}
}
