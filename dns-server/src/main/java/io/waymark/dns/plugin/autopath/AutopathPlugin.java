package io.waymark.dns.plugin.autopath;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The `autopath` plugin: a client that asks for `www.example.shop.svc.cluster.local`, the first name
/// that its search list makes of `www.example`, is asked for all of them in one go: the other domains of
/// the list, then the name as it was typed. The first that is NOERROR is the answer, behind an alias
/// from the name that was asked for. If there is none, the client gets the first reply, and goes on as
/// its resolver does.
///
/// A walk that found nothing is not repeated for [#FORGOTTEN_AFTER]: the client walks itself then.
/// What is remembered is bounded by [#FAILURES_MAX].
final class AutopathPlugin implements Plugin {
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);
    private static final int FAILURES_MAX = 4_096;

    private final List<DomainName> zones;
    private final SearchList lists;
    private final CounterFamily successes;
    private final LongSupplier nanoTime;
    /// When each walk that found nothing is forgotten.
    private final ConcurrentHashMap<Failed, Long> failures = new ConcurrentHashMap<>();

    /// The name that was asked for has the namespace of the client in it.
    private record Failed(DomainName asked, RecordType type) {}

    AutopathPlugin(List<DomainName> zones, SearchList lists, CounterFamily successes, LongSupplier nanoTime) {
        this.zones = List.copyOf(zones);
        this.lists = lists;
        this.successes = successes;
        this.nanoTime = nanoTime;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        if (question.recordClass() != ResourceRecord.CLASS_IN || zones.stream().noneMatch(question.name()::isWithin)) {
            return Outcome.PASS;
        }
        var domains = lists.of(exchange);
        int labels = domains.isEmpty() ? -1 : question.name().labelsBelow(domains.getFirst());
        if (labels <= 0 || remembered(new Failed(question.name(), question.type()))) {
            return Outcome.PASS;
        }
        var typed = question.name().slice(0, labels);
        return Outcome.map(next.ask(exchange), first -> {
            if (!is(first, exchange, Rcode.NXDOMAIN)) {
                count(exchange, first);
                return first;
            }
            return new Walk(exchange, next, names(typed, domains), first).from(0);
        });
    }

    /// What is asked for behind the first name; names that would be too long are left out.
    private static List<DomainName> names(DomainName typed, List<DomainName> domains) {
        var names = new ArrayList<DomainName>(domains.size());
        for (var domain : domains.subList(1, domains.size())) {
            if (typed.length() + domain.length() - 1 <= DomainName.OCTETS_MAX) {
                names.add(typed.under(domain));
            }
        }
        names.add(typed);
        return names;
    }

    /// The rest of a client's search list.
    private final class Walk {
        private final Exchange exchange;
        private final Next next;
        private final List<DomainName> names;
        private final Outcome first;

        Walk(Exchange exchange, Next next, List<DomainName> names, Outcome first) {
            this.exchange = exchange;
            this.next = next;
            this.names = names;
            this.first = first;
        }

        Outcome from(int index) {
            if (index == names.size()) {
                remember(new Failed(
                        exchange.question().name(), exchange.question().type()));
                return first;
            }
            var question = new Question(
                    names.get(index),
                    exchange.question().type(),
                    exchange.question().recordClass());
            var asked = exchange.with(exchange.query().with(question));
            return Outcome.map(
                    next.ask(asked),
                    outcome -> is(outcome, asked, Rcode.NOERROR) ? found(outcome, asked) : from(index + 1));
        }

        private Outcome found(Outcome outcome, Exchange asked) {
            var message = Outcome.message(outcome, asked.query()).orElseThrow();
            count(exchange, outcome);
            return new Outcome.Edited(aliased(message, asked.question().name()));
        }

        /// Without answers there is nothing that an alias could lead to, as for CoreDNS.
        private Message aliased(Message message, DomainName target) {
            if (message.answer().isEmpty()) {
                return message;
            }
            var answer = new ArrayList<ResourceRecord>(message.answer().size() + 1);
            answer.add(new ResourceRecord(
                    exchange.question().name(),
                    ResourceRecord.CLASS_IN,
                    message.answer().getFirst().ttl(),
                    new RecordData.Cname(target)));
            answer.addAll(message.answer());
            return new Message(
                    message.header(),
                    message.rcode(),
                    List.of(exchange.question()),
                    answer,
                    message.authority(),
                    message.additional(),
                    message.edns());
        }
    }

    private static boolean is(Outcome outcome, Exchange exchange, Rcode rcode) {
        return switch (outcome) {
            case Outcome.Answer(var reply) -> reply.rcode().equals(rcode);
            case Outcome.Fail fail -> false;
            default ->
                Outcome.message(outcome, exchange.query())
                        .filter(message -> message.rcode().equals(rcode))
                        .isPresent();
        };
    }

    private void count(Exchange exchange, Outcome outcome) {
        if (is(outcome, exchange, Rcode.NOERROR)) {
            var server = exchange.notes().served().map(Served::server).orElse("");
            successes.with(server).increment();
        }
    }

    private boolean remembered(Failed walk) {
        var until = failures.get(walk);
        return until != null && until - nanoTime.getAsLong() > 0;
    }

    private void remember(Failed walk) {
        long now = nanoTime.getAsLong();
        if (failures.size() >= FAILURES_MAX) {
            failures.values().removeIf(until -> until - now <= 0);
        }
        if (failures.size() < FAILURES_MAX) {
            failures.put(walk, now + FORGOTTEN_AFTER.toNanos());
        }
    }
}
