package io.waymark.dns.pipeline;

import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.view.View;

/// A query on its way through the server.
/// @param view what its client may see; decided once, before any plugin
/// @param hops how many aliases led from what the client asked to this query: 0 to [#HOPS_MAX]
public record Exchange(Query query, Client client, View view, int hops) {
    /// More aliases than this are a loop, or as good as one.
    public static final int HOPS_MAX = 10;

    public Question question() {
        return query.question();
    }

    /// The question that an alias leads to, asked by the same client.
    Exchange follow(Query target) {
        return new Exchange(target, client, view, hops + 1);
    }
}
