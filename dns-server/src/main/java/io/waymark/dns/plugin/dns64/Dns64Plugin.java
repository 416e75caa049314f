package io.waymark.dns.plugin.dns64;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.net.Inet4Address;
import java.util.List;

/// The `dns64` plugin (RFC 6147 §5.1): asks for AAAA as it is asked to, and if there is none, the whole
/// server for A, of which it makes AAAA. A name that does not exist stays so.
final class Dns64Plugin implements Plugin {
    /// RFC 6147 §5.1.7, if no SOA says how long there is no AAAA.
    private static final int TTL_MAX = 600;

    private final Dns64Stage stage;
    private final CounterFamily translated;

    /// @param translated by server
    Dns64Plugin(Dns64Stage stage, CounterFamily translated) {
        this.stage = stage;
        this.translated = translated;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        boolean ipv4 = exchange.client().address().getAddress() instanceof Inet4Address;
        if (!question.type().equals(RecordType.AAAA)
                || question.recordClass() != ResourceRecord.CLASS_IN
                || ipv4 && !stage.allowIpv4()
                || exchange.hops() >= Exchange.HOPS_MAX) {
            return Outcome.PASS;
        }
        return Outcome.map(next.ask(exchange), outcome -> translated(exchange, outcome));
    }

    private Outcome translated(Exchange exchange, Outcome outcome) {
        // Without a reply there is nothing to add to; `errors` is to know why.
        if (outcome instanceof Outcome.Fail) {
            return outcome;
        }
        var own = Outcome.message(outcome, exchange.query());
        if (own.isEmpty() || !lacksAddresses(own.get())) {
            return outcome;
        }
        var question = exchange.question();
        var ipv4 = new Question(question.name(), RecordType.A, question.recordClass());
        var asked = exchange.query().with(ipv4);
        return Outcome.map(exchange.reask(asked), reply -> synthesized(exchange, own.get(), reply, asked));
    }

    /// All errors but NXDOMAIN count as an empty answer (RFC 6147 §5.1.2).
    private boolean lacksAddresses(Message reply) {
        return !reply.rcode().equals(Rcode.NXDOMAIN)
                && (stage.translateAll()
                        || reply.answer().stream()
                                .noneMatch(record -> record.type().equals(RecordType.AAAA)));
    }

    private Outcome synthesized(Exchange exchange, Message own, Outcome outcome, Query asked) {
        if (outcome instanceof Outcome.Fail) {
            return outcome;
        }
        var reply = Outcome.message(outcome, asked);
        if (reply.isEmpty()) {
            return outcome;
        }
        translated
                .with(exchange.notes().served().map(served -> served.server()).orElse(""))
                .increment();
        var ipv4 = reply.get();
        int ttlMax = ttlMax(own);
        return new Outcome.Edited(new Message(
                // What is made here nobody has signed (RFC 6147 §5.5).
                new Header(ipv4.header().id(), ipv4.header().flags() & ~(Header.AD | Header.AA)),
                ipv4.rcode(),
                List.of(exchange.question()),
                ipv4.answer().stream().map(record -> ipv6(record, ttlMax)).toList(),
                ipv4.authority(),
                ipv4.additional(),
                ipv4.edns()));
    }

    private static int ttlMax(Message own) {
        return own.authority().stream()
                .filter(record -> record.type().equals(RecordType.SOA))
                .mapToInt(ResourceRecord::ttl)
                .reduce(TTL_MAX, (first, last) -> last);
    }

    private ResourceRecord ipv6(ResourceRecord record, int ttlMax) {
        return record.data() instanceof RecordData.A(var address)
                ? new ResourceRecord(
                        record.owner(),
                        record.recordClass(),
                        Math.min(record.ttl(), ttlMax),
                        new RecordData.Aaaa(stage.prefix().embed(address)))
                : record;
    }
}
