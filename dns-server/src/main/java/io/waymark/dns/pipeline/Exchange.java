package io.waymark.dns.pipeline;

import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.view.View;

/// A query on its way through the server.
/// @param view  what its client may see; decided once, before any plugin
/// @param hops  how many aliases led from what the client asked to this query: 0 to [#HOPS_MAX]
/// @param notes of the client's query
public record Exchange(Query query, Client client, View view, int hops, Notes notes) {
    /// More aliases than this are a loop, or as good as one.
    public static final int HOPS_MAX = 10;

    public Question question() {
        return query.question();
    }

    /// Another query in the place of this one, for the plugins behind.
    public Exchange with(Query other) {
        return new Exchange(other, client, view, hops, notes);
    }

    /// The same query with notes of its own: for a question that goes on when the client has its answer,
    /// on another thread than the client's reply.
    public Exchange apart() {
        return new Exchange(query, client, view, hops, notes.apart());
    }

    /// What the whole server says to another query of the same client, such as the one an alias leads
    /// to: other blocks, other plugins. One hop more; the caller sees to [#HOPS_MAX].
    public Outcome reask(Query other) {
        return notes.server().ask(new Exchange(other, client, view, hops + 1, notes));
    }
}
