package io.waymark.records.message;

import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.Optional;

/// A whole DNS message (RFC 1035 §4.1).
/// @param rcode      all twelve bits; the low four are also in the header's flags
/// @param additional without the OPT record, which is `edns`
public record Message(
        Header header,
        Rcode rcode,
        List<Question> questions,
        List<ResourceRecord> answer,
        List<ResourceRecord> authority,
        List<ResourceRecord> additional,
        Optional<Edns> edns) {
    /// RFC 1035 §4.2.1: what every receiver takes over UDP without EDNS.
    public static final int UDP_OCTETS_MIN = 512;
    /// What a message over TCP can have (RFC 1035 §4.2.2).
    public static final int OCTETS_MAX = 0xffff;

    /// Copies the lists. Refuses a response code that its header does not repeat, or that would
    /// need EDNS where there is none.
    public Message {
        if (header.rcodeLow() != (rcode.code() & 0xf) || (rcode.code() > 0xf && edns.isEmpty())) {
            throw new IllegalArgumentException("header and EDNS do not express " + rcode + ": " + header);
        }
        questions = List.copyOf(questions);
        answer = List.copyOf(answer);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }
}
