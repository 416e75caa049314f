package io.waymark.dns.plugin.errors;

import io.waymark.dns.plugin.errors.ErrorsStage.Rule;
import io.waymark.dns.querylog.LogLevel;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.source.document.GoDuration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Errors that are counted rather than written. The first one begins a period, and at its end a line
/// says how many there were. Any thread.
final class Consolidation implements AutoCloseable {
    private final Rule rule;
    private final QueryLog log;
    private final boolean written;
    private final Consumer<Runnable> atEndOfPeriod;
    private final AtomicInteger count = new AtomicInteger();

    /// @param debug         whether lines of the level debug are written
    /// @param atEndOfPeriod runs a task when the period of the rule from now is over
    Consolidation(Rule rule, QueryLog log, boolean debug, Consumer<Runnable> atEndOfPeriod) {
        this.rule = rule;
        this.log = log;
        this.written = rule.level() != LogLevel.DEBUG || debug;
        this.atEndOfPeriod = atEndOfPeriod;
    }

    Rule rule() {
        return rule;
    }

    /// Counts an error, and says whether it is to be written itself.
    boolean shows() {
        boolean first = count.incrementAndGet() == 1;
        if (first) {
            atEndOfPeriod.accept(this::tell);
        }
        return first && rule.showFirst();
    }

    /// Says how many there were, unless the only one was shown.
    private void tell() {
        int errors = count.getAndSet(0);
        if (written && errors > (rule.showFirst() ? 1 : 0)) {
            log.add(() -> rule.level()
                    .line(ErrorsPlugin.PLUGIN + errors + " errors like '" + rule.pattern() + "' occurred in last "
                            + GoDuration.print(rule.period())));
        }
    }

    /// What is counted is told at once.
    @Override
    public void close() {
        tell();
    }
}
