package io.waymark.dns.pipeline;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Malformed;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Follows an alias that leads out of its zone: asks the whole server for the target and puts what
/// it says behind the alias, with its response code (RFC 6604 §2.1). A server that may not answer
/// for the target leaves the rest to the client, as an authoritative one does.
public final class AliasChase {
    /// For upstreams; larger answers come over TCP.
    private static final int UDP_SIZE = 1_232;

    private final List<RecordSet> aliases;
    private final boolean recursion;

    /// @param aliases   from the name that was asked for to the target
    /// @param recursion the RA bit of the answer
    public AliasChase(List<RecordSet> aliases, boolean recursion) {
        this.aliases = aliases;
        this.recursion = recursion;
    }

    /// Asks for the question's type at `target`.
    public Outcome follow(Exchange exchange, DomainName target) {
        if (exchange.hops() >= Exchange.HOPS_MAX) {
            return new Outcome.Fail(
                    Rcode.SERVFAIL, aliases, "more than " + Exchange.HOPS_MAX + " aliases, the last one to " + target);
        }
        return append(exchange.reask(query(exchange.query(), target)));
    }

    private Outcome append(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answer(var reply)
            when reply.rcode().equals(Rcode.REFUSED) -> reply(Rcode.NOERROR, List.of(), List.of(), List.of());
            case Outcome.Answer(var reply) ->
                reply(reply.rcode(), reply.answer(), reply.authority(), reply.additional());
            case Outcome.Verbatim(var octets) -> parsed(octets);
            case Outcome.Edited(var message) -> behind(message);
            case Outcome.Fail(var rcode, var further, var reason) ->
                new Outcome.Fail(rcode, concat(aliases, further), reason);
            case Outcome.Later(var later) -> new Outcome.Later(later.thenApply(this::append));
            case Outcome.Drop drop -> Outcome.DROP;
            case Outcome.Transfer transfer ->
                throw new IllegalStateException("an alias is followed for a type of records, not for a zone");
            case Outcome.Pass pass -> throw new IllegalStateException("a whole server does not pass a query on");
        };
    }

    private Outcome parsed(byte[] octets) {
        return switch (MessageParser.parse(octets, 0, octets.length)) {
            case MessageParse.Parsed(var message, var questionEnd) -> behind(message);
            case Malformed(var offset, var why) ->
                new Outcome.Fail(
                        Rcode.SERVFAIL,
                        aliases,
                        "the upstream's reply for the alias' target is malformed at octet " + offset + ": " + why);
        };
    }

    private Outcome behind(Message message) {
        return reply(
                message.rcode(), rrsets(message.answer()), rrsets(message.authority()), rrsets(message.additional()));
    }

    private Outcome reply(Rcode rcode, List<RecordSet> answer, List<RecordSet> authority, List<RecordSet> additional) {
        return new Outcome.Answer(new Reply(rcode, true, recursion, concat(aliases, answer), authority, additional));
    }

    private static List<RecordSet> concat(List<RecordSet> first, List<RecordSet> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    // RRSIGs are left out: they would be one RRset whatever they sign, and we sign nothing.
    private static List<RecordSet> rrsets(List<ResourceRecord> records) {
        record Key(DomainName owner, RecordType type) {}
        var ttls = new LinkedHashMap<Key, Integer>();
        var data = new LinkedHashMap<Key, List<RecordData>>();
        for (var record : records) {
            if (record.recordClass() == ResourceRecord.CLASS_IN
                    && !record.type().equals(RecordType.RRSIG)) {
                var key = new Key(record.owner(), record.type());
                ttls.merge(key, record.ttl(), Math::min);
                data.computeIfAbsent(key, first -> new ArrayList<>()).add(record.data());
            }
        }
        return data.entrySet().stream()
                .map(rrset -> new RecordSet(
                        rrset.getKey().owner(),
                        rrset.getKey().type(),
                        Optional.ofNullable(ttls.get(rrset.getKey())).orElse(0),
                        rrset.getValue()))
                .toList();
    }

    private static Query query(Query asked, DomainName target) {
        var question = new Question(target, asked.question().type(), ResourceRecord.CLASS_IN);
        var edns = asked.edns().map(client -> new Edns(UDP_SIZE, 0, client.dnssecOk(), List.of()));
        return asked.with(question).with(edns).withFlags(asked.flags() & (Header.RD | Header.CD));
    }
}
