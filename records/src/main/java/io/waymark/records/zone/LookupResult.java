package io.waymark.records.zone;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import java.util.List;

/// What a zone says to a question (RFC 1034 §4.3.2).
public sealed interface LookupResult {

    /// The name has records of the type asked for, perhaps behind aliases within the zone.
    /// @param answer     the aliases in the order they are followed, then the RRset asked for
    /// @param additional addresses of the names that the answer mentions (RFC 2782, RFC 1034)
    record Answer(List<RecordSet> answer, List<RecordSet> additional) implements LookupResult {
        /// Copies the lists.
        public Answer {
            answer = List.copyOf(answer);
            additional = List.copyOf(additional);
        }
    }

    /// The name is an alias for one outside the zone, perhaps behind aliases within it: whoever
    /// asked must ask for `target` elsewhere and put its answer behind `aliases`.
    record Alias(List<RecordSet> aliases, DomainName target) implements LookupResult {
        /// Copies the list.
        public Alias {
            aliases = List.copyOf(aliases);
        }
    }

    /// The name exists, if only through names below it (RFC 4592 §2.2.2); the type does not.
    /// @param aliases the aliases within the zone that led here, mostly none
    record NoData(List<RecordSet> aliases, RecordSet soa) implements LookupResult {
        /// Copies the list.
        public NoData {
            aliases = List.copyOf(aliases);
        }
    }

    /// Neither the name nor anything below it exists (RFC 8020 §2).
    /// @param aliases the aliases within the zone that led to the missing name (RFC 6604 §2)
    record NxDomain(List<RecordSet> aliases, RecordSet soa) implements LookupResult {
        /// Copies the list.
        public NxDomain {
            aliases = List.copyOf(aliases);
        }
    }

    /// The name does not lie in this zone.
    record OutOfZone() implements LookupResult {}
}
