package io.waymark.records.message;

import java.util.Optional;

/// What a server is to do with octets that arrived as a query.
public sealed interface QueryParse permits Query, QueryParse.Refuse, QueryParse.Ignore {

    /// Answer with an error: FORMERR, NOTIMP or BADVERS.
    /// @param header   the query's
    /// @param question the octets of its question section, echoed; none if it has no single question
    /// @param edns     its OPT record, if one was read; the reply then has one too (RFC 6891 §7)
    record Refuse(Header header, Rcode rcode, byte[] question, Optional<Edns> edns) implements QueryParse {

        /// The whole reply, at most 512 octets.
        public byte[] reply() {
            return RefusalComposer.compose(this);
        }
    }

    /// Say nothing: an answer would go to a server or to nobody, and could start a loop.
    record Ignore(String why) implements QueryParse {}
}
