package io.waymark.dns.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is noted about a client's query while it is answered, aliases that are followed included.
/// Confined to whoever holds the query: one thread at a time.
public final class Notes {
    private final Next server;
    private String answeredBy = "";
    private QueryPipeline.@Nullable Served served;
    private @Nullable Exchange asked;
    private Map<String, Optional<String>> metadata = Map.of();
    private @Nullable Boolean recursionDesired;

    /// @param server all of the server, for a question that the answer depends on
    public Notes(Next server) {
        this.server = server;
    }

    /// Notes for a question about the same zone that nobody waits for; beside its metadata empty.
    Notes apart() {
        var apart = new Notes(server);
        apart.served = served;
        apart.asked = asked;
        apart.metadata = metadata;
        return apart;
    }

    Next server() {
        return server;
    }

    /// The zone that the client's query is answered for, and where; empty before it is chosen.
    public Optional<QueryPipeline.Served> served() {
        return Optional.ofNullable(served);
    }

    /// The block whose metadata counts from now on. Aliases that are followed into other blocks
    /// change nothing about the client's query.
    public void considered(QueryPipeline.Served block, Exchange query) {
        if (asked == null || asked.hops() == query.hops()) {
            served = block;
            asked = query;
            metadata = Map.of();
        }
    }

    /// What is known about the client's query under a label such as `kubernetes/client-namespace`.
    /// Empty if nobody says anything, or if the block has not the plugin `metadata` for this name.
    /// Worked out when it is first asked for, and then kept.
    public Optional<String> metadata(String label) {
        var known = metadata.get(label);
        if (known != null) {
            return known;
        }
        if (asked == null
                || served == null
                || !served.block().hasMetadata(asked.question().name())) {
            return Optional.empty();
        }
        var value = served.block().metadata(asked, label);
        keep(label, value);
        return value;
    }

    /// Notes what becomes known only while the query is answered, such as `forward/upstream`. Nothing
    /// is kept in a block without `metadata`.
    public void metadata(String label, String value) {
        if (asked != null
                && served != null
                && served.block().hasMetadata(asked.question().name())) {
            keep(label, Optional.of(value));
        }
    }

    private void keep(String label, Optional<String> value) {
        var wider = new HashMap<>(metadata);
        wider.put(label, value);
        metadata = wider;
    }

    /// The reply's RD bit, if it shall not be the query's.
    public Optional<Boolean> recursionDesired() {
        return Optional.ofNullable(recursionDesired);
    }

    /// Has the client's reply sent with this RD bit instead of its query's.
    public void replyRecursionDesired(boolean set) {
        recursionDesired = set;
    }

    /// The plugin that answered: the one furthest back that did not pass the query on. Empty if none
    /// has yet.
    public Optional<String> answeredBy() {
        return Optional.of(answeredBy).filter(name -> !name.isEmpty());
    }

    void answeredBy(String plugin) {
        if (answeredBy.isEmpty()) {
            answeredBy = plugin;
        }
    }
}
