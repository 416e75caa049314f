package io.waymark.dns.pipeline;

import io.waymark.records.message.Message;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Query;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.WholeReply;
import io.waymark.records.rr.RecordSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// What a [Plugin] decides about a query.
public sealed interface Outcome {
    Outcome PASS = new Pass();
    Outcome DROP = new Drop();

    /// This is the answer; what the query adds (ID, question, EDNS, limit) is not in it yet.
    record Answer(Reply reply) implements Outcome {}

    /// An upstream's whole reply to a query with the same question, as it came, of any length.
    record Verbatim(byte[] octets) implements Outcome {}

    /// A reply that was made or changed record by record. ID, question and EDNS are the query's: see
    /// [WholeReply#compose].
    record Edited(Message message) implements Outcome {}

    /// A whole zone, for a client that asked over TCP: more than one message can hold. The records are
    /// asked for one by one while the client takes them, on one thread at a time.
    record Transfer(Iterator<RecordSet> rrsets) implements Outcome {}

    /// No answer can be had; the client gets the response code, the `errors` plugin the reason.
    /// @param aliases those that led to the name that cannot be answered, mostly none
    record Fail(Rcode rcode, List<RecordSet> aliases, String reason) implements Outcome {
        /// Copies the list.
        public Fail {
            aliases = List.copyOf(aliases);
        }

        public Fail(Rcode rcode, String reason) {
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

    /// The outcome that `change` makes of one, now or when it is known. It is not given PASS or
    /// [Later], and may run on any thread.
    static Outcome map(Outcome outcome, UnaryOperator<Outcome> change) {
        return switch (outcome) {
            case Later(var later) -> new Later(later.thenCompose(last -> settled(change.apply(last))));
            case Pass pass -> pass;
            default -> change.apply(outcome);
        };
    }

    /// The reply to `query` as a whole message, to change and send as [Edited]. Empty if there is
    /// none (yet), if it is more than one message, or if an upstream's is malformed.
    static Optional<Message> message(Outcome outcome, Query query) {
        return switch (outcome) {
            case Answer(var reply) -> Optional.of(WholeReply.of(query, reply));
            case Edited(var message) -> Optional.of(message);
            case Verbatim(var octets) ->
                MessageParser.parse(octets, 0, octets.length) instanceof MessageParse.Parsed(var message, int end)
                        ? Optional.of(message)
                        : Optional.empty();
            case Fail(var rcode, var aliases, var reason) ->
                Optional.of(WholeReply.of(
                        query, new Reply(rcode, !aliases.isEmpty(), false, aliases, List.of(), List.of())));
            case Transfer transfer -> Optional.empty();
            case Pass pass -> Optional.empty();
            case Drop drop -> Optional.empty();
            case Later later -> Optional.empty();
        };
    }

    private static CompletionStage<Outcome> settled(Outcome outcome) {
        return outcome instanceof Later(var later) ? later : CompletableFuture.completedFuture(outcome);
    }
}
