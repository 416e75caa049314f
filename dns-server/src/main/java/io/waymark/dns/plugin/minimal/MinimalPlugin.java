package io.waymark.dns.plugin.minimal;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import java.util.List;

/// The `minimal` plugin. A denial keeps its SOA (RFC 2308 §2), a referral its NS records and their
/// addresses, and errors are left alone.
public final class MinimalPlugin implements Plugin {

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        return Outcome.map(next.ask(exchange), outcome -> minimal(outcome, exchange));
    }

    private static Outcome minimal(Outcome outcome, Exchange exchange) {
        return switch (outcome) {
            case Outcome.Answer(var reply) -> new Outcome.Answer(minimal(reply));
            case Outcome.Verbatim whole -> edited(whole, exchange);
            case Outcome.Edited whole -> edited(whole, exchange);
            case Outcome.Fail fail -> fail;
            case Outcome.Transfer zone -> zone;
            case Outcome.Drop drop -> drop;
            case Outcome.Pass pass -> pass;
            case Outcome.Later later -> later;
        };
    }

    private static Reply minimal(Reply reply) {
        return answers(reply.rcode(), reply.answer(), reply.authority())
                ? new Reply(
                        reply.rcode(),
                        reply.authoritative(),
                        reply.recursionAvailable(),
                        reply.answer(),
                        List.of(),
                        List.of())
                : reply;
    }

    private static Outcome edited(Outcome whole, Exchange exchange) {
        return Outcome.message(whole, exchange.query())
                .filter(message -> answers(message.rcode(), message.answer(), message.authority()))
                .<Outcome>map(message -> new Outcome.Edited(new Message(
                        message.header(),
                        message.rcode(),
                        message.questions(),
                        message.answer(),
                        List.of(),
                        List.of(),
                        message.edns())))
                .orElse(whole);
    }

    private static boolean answers(Rcode rcode, List<?> answer, List<?> authority) {
        return rcode.equals(Rcode.NOERROR) && (!answer.isEmpty() || authority.isEmpty());
    }
}
