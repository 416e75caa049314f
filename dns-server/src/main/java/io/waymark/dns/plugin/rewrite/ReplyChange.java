package io.waymark.dns.plugin.rewrite;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Rcode;

/// What a rule does to the reply, in all of its sections.
sealed interface ReplyChange {

    /// The names of records.
    record Owners(NameChange change) implements ReplyChange {}

    /// The names that records of CNAME, DNAME, MX, NAPTR, NS, PTR, SOA (its primary) and SRV lead to.
    record Targets(NameChange change) implements ReplyChange {}

    /// In seconds.
    record TtlBounds(int min, int max) implements ReplyChange {
        int of(int ttl) {
            return Math.clamp(ttl, min, max);
        }
    }

    record Code(Rcode from, Rcode to) implements ReplyChange {}

    /// Another target of an alias in the answer, looked up; what was behind the alias goes.
    record Alias(NameChange change) implements ReplyChange {}

    /// An option that the client did not send.
    record WithoutOption(int code) implements ReplyChange {}

    /// An option as the client sent it.
    record OptionAgain(Edns.Option option) implements ReplyChange {}
}
