package io.waymark.dns.plugin.cancel;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Rcode;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The `cancel` plugin: waits for an answer no longer than it is told. What the plugins behind it
/// wait for ends by their own deadlines, and is not used any more.
public final class CancelPlugin implements Plugin {
    private final long nanos;
    private final Outcome late;

    CancelPlugin(Duration timeout) {
        this.nanos = timeout.toNanos();
        this.late = new Outcome.Fail(Rcode.SERVFAIL, "no answer within " + GoDuration.write(timeout) + " (cancel)");
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var outcome = next.ask(exchange);
        return outcome instanceof Outcome.Later(var later)
                ? new Outcome.Later(later.copy().completeOnTimeout(late, nanos, TimeUnit.NANOSECONDS))
                : outcome;
    }
}
