package io.waymark.dns.plugin.local;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.name.DomainName;
import java.util.concurrent.atomic.LongAdder;

/// The `local` plugin: answers what is about the host itself, so that it never leaves for an upstream.
public final class LocalPlugin implements Plugin {
    private static final String LOCALHOST = "localhost";

    private final boolean prefix;
    private final LongAdder special;

    /// @param prefix  see [LocalStage]
    /// @param special counts names beside `localhost` itself that stand for it
    LocalPlugin(boolean prefix, LongAdder special) {
        this.prefix = prefix;
        this.special = special;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var question = exchange.question();
        var name = question.name();
        if (standsForLocalhost(name)) {
            special.increment();
            return new Outcome.Answer(LocalAnswers.ofSpecial(question));
        }
        for (var zone : LocalAnswers.ZONES) {
            if (name.isWithin(zone)) {
                return new Outcome.Answer(LocalAnswers.of(question, zone));
            }
        }
        return Outcome.PASS;
    }

    private boolean standsForLocalhost(DomainName name) {
        return name.labelCount() > 1
                && (name.label(name.labelCount() - 1).equals(LOCALHOST)
                        || prefix && name.label(0).equals(LOCALHOST));
    }
}
