package io.waymark.records.message;

import io.waymark.records.rr.RecordSet;
import java.util.List;

/// What a query is answered with; ID, question and EDNS come from the query itself.
/// @param authoritative      the AA bit
/// @param recursionAvailable the RA bit
public record Reply(
        Rcode rcode,
        boolean authoritative,
        boolean recursionAvailable,
        List<RecordSet> answer,
        List<RecordSet> authority,
        List<RecordSet> additional) {
    /// Copies the lists, unless they are unmodifiable already.
    public Reply {
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    /// A reply that says nothing but `rcode`: REFUSED, SERVFAIL and the like.
    public static Reply of(Rcode rcode) {
        return new Reply(rcode, false, false, List.of(), List.of(), List.of());
    }
}
