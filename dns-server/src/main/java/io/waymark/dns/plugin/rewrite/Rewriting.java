package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// One query while rules are tried on it, one after the other.
final class Rewriting {
    private Exchange exchange;
    private String name = "";
    private String invalid = "";
    private List<ReplyChange> changes = List.of();
    private boolean touched;

    Rewriting(Exchange exchange) {
        this.exchange = exchange;
    }

    /// As the rules before have left it.
    Exchange exchange() {
        return exchange;
    }

    Question question() {
        return exchange.question();
    }

    /// The name as text, written once.
    String name() {
        if (name.isEmpty()) {
            name = question().name().toString();
        }
        return name;
    }

    /// A text that a rule made and that is no name; empty if there is none.
    String invalid() {
        return invalid;
    }

    /// What to do to the reply, the last one first.
    List<ReplyChange> changes() {
        return changes;
    }

    /// Whether the query or its reply is another one by now.
    boolean isTouched() {
        return touched;
    }

    void ask(Query other) {
        touched = true;
        exchange = exchange.with(other);
    }

    void ask(DomainName other) {
        ask(exchange.query()
                .with(new Question(other, question().type(), question().recordClass())));
        name = "";
    }

    void ask(String other) {
        DomainName.parse(other).ifPresentOrElse(this::ask, () -> invalid = other);
    }

    void change(List<ReplyChange> further) {
        if (!further.isEmpty()) {
            var all = new ArrayList<>(changes);
            all.addAll(further);
            changes = all;
            touched = true;
        }
    }
}
