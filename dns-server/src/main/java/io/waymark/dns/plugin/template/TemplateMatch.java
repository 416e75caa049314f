package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Facts;
import io.waymark.dns.expression.Value;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.plugin.template.Template.Conditions;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template makes of a question.
sealed interface TemplateMatch {
    /// It answers.
    record Meant(TemplateData data) implements TemplateMatch {}

    /// Others are asked.
    record Next() implements TemplateMatch {}

    /// Nobody is: the question is in its zone, and nothing says what to do.
    record Nobody() implements TemplateMatch {}

    /// Decides.
    static TemplateMatch of(Conditions conditions, Exchange exchange) {
        var question = exchange.question();
        var zone = longest(conditions.zones(), question.name());
        boolean meant = zone.isPresent()
                && fits(conditions.recordClass(), question.recordClass(), ResourceRecord.CLASS_ANY)
                && fits(conditions.type().code(), question.type().code(), RecordType.ANY.code());
        if (!meant) {
            return new Next();
        }
        var name = question.name().toString();
        if (conditions.patterns().isEmpty()) {
            return judged(conditions, data(conditions, exchange, zone.get(), name, List.of(name), Map.of("0", name)));
        }
        for (var pattern : conditions.patterns()) {
            var groups = pattern.match(name);
            if (groups.isPresent()) {
                var match = groups.get();
                return judged(conditions, data(conditions, exchange, zone.get(), name, match, named(pattern, match)));
            }
        }
        return left(conditions, question.name());
    }

    private static TemplateMatch judged(Conditions conditions, TemplateData data) {
        if (conditions.variables().isEmpty() && conditions.expressions().isEmpty()) {
            return new Meant(data);
        }
        var facts = new Facts(data.exchange(), data.groups(), data.variables());
        for (var variable : conditions.variables()) {
            var value = variable.expression().value(facts);
            if (value instanceof Value.Failure) {
                return new Nobody();
            }
            data.variables().put(variable.name(), value);
        }
        for (var expression : conditions.expressions()) {
            var value = expression.value(facts);
            if (value instanceof Value.Failure) {
                return new Nobody();
            }
            if (!value.equals(Value.TRUE)) {
                return left(conditions, data.exchange().question().name());
            }
        }
        return new Meant(data);
    }

    private static TemplateMatch left(Conditions conditions, DomainName name) {
        return conditions.fallthrough().covers(name) ? new Next() : new Nobody();
    }

    private static boolean fits(int wanted, int asked, int any) {
        return wanted == any || asked == any || wanted == asked;
    }

    private static Optional<DomainName> longest(List<DomainName> zones, DomainName name) {
        Optional<DomainName> longest = Optional.empty();
        for (var zone : zones) {
            if (name.isWithin(zone)
                    && longest.map(other -> zone.length() > other.length()).orElse(true)) {
                longest = Optional.of(zone);
            }
        }
        return longest;
    }

    private static Map<String, String> named(GoPattern pattern, List<String> match) {
        var groups = new HashMap<String, String>();
        for (int i = 0; i < match.size(); i++) {
            groups.put(Integer.toString(i), match.get(i));
        }
        pattern.names().forEach((name, number) -> groups.put(name, match.get(number)));
        return groups;
    }

    private static TemplateData data(
            Conditions conditions,
            Exchange exchange,
            DomainName zone,
            String name,
            List<String> match,
            Map<String, String> groups) {
        var question = exchange.question();
        int recordClass =
                question.recordClass() == ResourceRecord.CLASS_ANY ? conditions.recordClass() : question.recordClass();
        var type = question.type().equals(RecordType.ANY) ? conditions.type() : question.type();
        return new TemplateData(
                zone.toString(),
                name,
                TemplateReader.className(recordClass),
                type.toString(),
                match,
                groups,
                new HashMap<>(),
                exchange);
    }
}
