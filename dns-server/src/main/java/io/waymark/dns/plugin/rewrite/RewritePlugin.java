package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Query;
import io.waymark.records.message.Rcode;
import java.util.List;

/// The `rewrite` plugin: tries its rules in their order, asks the plugins behind what then is asked, and
/// changes the reply back. A query that no rule means costs a comparison a rule with a fixed name.
public final class RewritePlugin implements Plugin {
    private final List<RewriteStage.Line> lines;

    RewritePlugin(List<RewriteStage.Line> lines) {
        this.lines = List.copyOf(lines);
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var rewriting = new Rewriting(exchange);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.rule().apply(rewriting)) {
                if (!rewriting.invalid().isEmpty()) {
                    return new Outcome.Fail(
                            Rcode.SERVFAIL, "rewrite made \"" + rewriting.invalid() + "\" of the name, which is none");
                }
                if (line.mode() == RewriteStage.Mode.STOP) {
                    break;
                }
            }
        }
        if (!rewriting.isTouched()) {
            return Outcome.PASS;
        }
        var asked = rewriting.exchange();
        var changes = rewriting.changes();
        boolean same = asked.question().equals(exchange.question());
        return Outcome.map(next.ask(asked), outcome -> back(outcome, asked, changes, same));
    }

    /// @param same whether the question is the client's still, so that an upstream's octets may go back
    private static Outcome back(Outcome outcome, Exchange asked, List<ReplyChange> changes, boolean same) {
        return switch (outcome) {
            case Outcome.Answer answer -> changes.isEmpty() ? answer : edited(answer, asked, changes);
            case Outcome.Verbatim octets -> same && changes.isEmpty() ? octets : edited(octets, asked, changes);
            case Outcome.Edited message -> changes.isEmpty() ? message : edited(message, asked, changes);
            case Outcome.Fail fail ->
                fail.aliases().isEmpty()
                        ? new Outcome.Fail(ReplyRewriter.apply(changes, fail.rcode()), fail.reason())
                        : edited(fail, asked, changes);
            case Outcome.Transfer zone -> zone;
            case Outcome.Drop drop -> drop;
            case Outcome.Pass pass -> pass;
            case Outcome.Later later -> later;
        };
    }

    private static Outcome edited(Outcome outcome, Exchange asked, List<ReplyChange> changes) {
        Query query = asked.query();
        var message = Outcome.message(outcome, query);
        if (message.isEmpty()) {
            return new Outcome.Fail(Rcode.SERVFAIL, "the upstream's reply is malformed, so it cannot be rewritten");
        }
        var changed = ReplyRewriter.apply(changes, message.get());
        for (var change : changes.reversed()) {
            if (change instanceof ReplyChange.Alias(var names)) {
                return new OtherAlias(names, asked).in(changed);
            }
        }
        return new Outcome.Edited(changed);
    }
}
