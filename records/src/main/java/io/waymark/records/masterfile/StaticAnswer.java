package io.waymark.records.masterfile;

import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import java.util.List;

/// What a zone that somebody wrote down says to a question.
public sealed interface StaticAnswer {

    /// All of the answer.
    /// @param authoritative false for a referral without an alias in front
    record Said(
            Rcode rcode,
            boolean authoritative,
            List<RecordSet> answer,
            List<RecordSet> authority,
            List<RecordSet> additional)
            implements StaticAnswer {
        /// Copies the lists.
        public Said {
            answer = List.copyOf(answer);
            authority = List.copyOf(authority);
            additional = List.copyOf(additional);
        }
    }

    /// Aliases lead out of the zone.
    /// @param aliases from the name asked for to the target, in order; at least one
    record Elsewhere(List<RecordSet> aliases, DomainName target) implements StaticAnswer {
        /// Copies the list.
        public Elsewhere {
            aliases = List.copyOf(aliases);
        }
    }

    /// Aliases that never end.
    record Circle(DomainName name) implements StaticAnswer {}
}
