package io.waymark.dns.plugin.local;

import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.Optional;

/// What is said about the host itself. Pure.
final class LocalAnswers {
    static final List<DomainName> ZONES = List.of(
            DomainName.of("localhost."),
            DomainName.of("0.in-addr.arpa."),
            DomainName.of("127.in-addr.arpa."),
            DomainName.of("255.in-addr.arpa."));

    /// A week, in seconds.
    private static final int TTL = 604_800;

    private static final DomainName LOCALHOST = ZONES.getFirst();
    private static final DomainName LOOPBACK = DomainName.of("1.0.0.127.in-addr.arpa.");

    private LocalAnswers() {}

    /// A name other than `localhost` that stands for it: its addresses, nothing else.
    static Reply ofSpecial(Question question) {
        return addresses(question).map(data -> answer(question, data)).orElse(noData(question.name()));
    }

    /// @param zone the one of [#ZONES] that holds the name
    static Reply of(Question question, DomainName zone) {
        var name = question.name();
        if (name.equals(zone)) {
            return apex(question).map(data -> answer(question, data)).orElse(noData(zone));
        }
        if (name.equals(LOOPBACK) && question.type().equals(RecordType.PTR)) {
            return answer(question, new RecordData.Ptr(LOCALHOST));
        }
        return LOOPBACK.isWithin(name) ? noData(zone) : denial(Rcode.NXDOMAIN, zone);
    }

    private static Optional<RecordData> apex(Question question) {
        if (question.type().equals(RecordType.SOA)) {
            return Optional.of(soa());
        }
        if (question.type().equals(RecordType.NS)) {
            return Optional.of(new RecordData.Ns(LOCALHOST));
        }
        return question.name().equals(LOCALHOST) ? addresses(question) : Optional.empty();
    }

    private static Optional<RecordData> addresses(Question question) {
        if (question.type().equals(RecordType.A)) {
            return Optional.of(RecordData.address(IpAddress.of("127.0.0.1")));
        }
        return question.type().equals(RecordType.AAAA)
                ? Optional.of(RecordData.address(IpAddress.of("::1")))
                : Optional.empty();
    }

    private static RecordData soa() {
        return new RecordData.Soa(LOCALHOST, LOCALHOST.child("root"), 1, 0, 0, 0, TTL);
    }

    private static Reply answer(Question question, RecordData data) {
        var answer = List.of(RecordSet.of(question.name(), TTL, data));
        return new Reply(Rcode.NOERROR, false, false, answer, List.of(), List.of());
    }

    private static Reply noData(DomainName owner) {
        return denial(Rcode.NOERROR, owner);
    }

    private static Reply denial(Rcode rcode, DomainName owner) {
        return new Reply(rcode, false, false, List.of(), List.of(RecordSet.of(owner, TTL, soa())), List.of());
    }
}
