package io.waymark.dns.plugin.header;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import java.util.List;

/// The `header` plugin. A query whose RD bit is changed has its reply say so too, as CoreDNS does;
/// AA and RA mean nothing in a query and change nothing there.
public final class HeaderPlugin implements Plugin {
    private final HeaderStage stage;

    HeaderPlugin(HeaderStage stage) {
        this.stage = stage;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var query = exchange.query();
        int flags = applied(stage.query(), query.flags());
        boolean same = flags == query.flags();
        var outcome = next.ask(same ? exchange : exchange.with(query.withFlags(flags)));
        int rd = applied(stage.response(), flags) & Header.RD;
        if (rd != (query.flags() & Header.RD)) {
            exchange.notes().replyRecursionDesired(rd != 0);
        }
        return stage.response().isEmpty() ? outcome : Outcome.map(outcome, known -> changed(known, query));
    }

    // What fails is answered by the server itself, and the reason must get through to `errors`.
    private Outcome changed(Outcome outcome, Query query) {
        if (outcome instanceof Outcome.Fail) {
            return outcome;
        }
        return Outcome.message(outcome, query)
                .<Outcome>map(reply -> new Outcome.Edited(changed(reply)))
                .orElse(outcome);
    }

    private Message changed(Message reply) {
        return new Message(
                new Header(
                        reply.header().id(),
                        applied(stage.response(), reply.header().flags())),
                reply.rcode(),
                reply.questions(),
                reply.answer(),
                reply.authority(),
                reply.additional(),
                reply.edns());
    }

    private static int applied(List<HeaderStage.Rule> rules, int flags) {
        int changed = flags;
        for (var rule : rules) {
            int bit = bit(rule.flag());
            changed = switch (rule.action()) {
                case SET -> changed | bit;
                case CLEAR -> changed & ~bit;
            };
        }
        return changed;
    }

    private static int bit(HeaderStage.Flag flag) {
        return switch (flag) {
            case AA -> Header.AA;
            case RA -> Header.RA;
            case RD -> Header.RD;
        };
    }
}
