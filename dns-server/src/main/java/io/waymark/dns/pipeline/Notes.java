package io.waymark.dns.pipeline;

import java.util.Optional;

/// What is noted about a client's query while it is answered, aliases that are followed included.
/// Confined to whoever holds the query: one thread at a time.
public final class Notes {
    private final Next server;
    private String answeredBy = "";

    /// @param server all of the server, for a question that the answer depends on
    public Notes(Next server) {
        this.server = server;
    }

    Next server() {
        return server;
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
