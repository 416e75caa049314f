package io.waymark.dns.pipeline;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is noted about a client's query while it is answered, aliases that are followed included.
/// Confined to whoever holds the query: one thread at a time.
public final class Notes {
    private final Next server;
    private String answeredBy = "";
    private QueryPipeline.@Nullable Served served;
    private @Nullable Boolean recursionDesired;

    /// @param server all of the server, for a question that the answer depends on
    public Notes(Next server) {
        this.server = server;
    }

    /// Notes for a question about the same zone that nobody waits for; empty.
    Notes apart() {
        var apart = new Notes(server);
        apart.served = served;
        return apart;
    }

    Next server() {
        return server;
    }

    /// The zone that the client's query is answered for, and where; empty before it is chosen.
    public Optional<QueryPipeline.Served> served() {
        return Optional.ofNullable(served);
    }

    void served(QueryPipeline.Served chosen) {
        served = chosen;
    }

    /// The reply's RD bit, if it shall not be the query's.
    Optional<Boolean> recursionDesired() {
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
