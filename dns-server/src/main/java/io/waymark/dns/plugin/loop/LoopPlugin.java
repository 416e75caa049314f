package io.waymark.dns.plugin.loop;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordType;
import java.util.List;

/// The `loop` plugin at work: looks at questions for HINFO, and passes all others on.
final class LoopPlugin implements Plugin {
    private final List<LoopCheck> checks;

    LoopPlugin(List<LoopCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        if (exchange.question().type().equals(RecordType.HINFO)) {
            for (var check : checks) {
                if (check.isOwn(exchange.question().name())) {
                    var reason = check.cameBack(exchange.client().address());
                    return new Outcome.Fail(Rcode.SERVFAIL, reason);
                }
            }
        }
        return Outcome.PASS;
    }
}
