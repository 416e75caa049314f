package io.waymark.dns.plugin.nsid;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The `nsid` plugin: puts the server's name into the OPT record of a reply whose query asks for it.
public final class NsidPlugin implements Plugin {
    private final Edns.Option answer;

    NsidPlugin(byte[] name) {
        this.answer = new Edns.Option(Edns.NSID, name);
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        var query = exchange.query();
        var asked = query.edns().filter(NsidPlugin::asks);
        var outcome = next.ask(exchange);
        return asked.isEmpty() ? outcome : Outcome.map(outcome, known -> named(known, query, asked.get()));
    }

    // What fails is answered by the server itself, and the reason must get through to `errors`.
    private Outcome named(Outcome outcome, Query query, Edns asked) {
        if (outcome instanceof Outcome.Fail) {
            return outcome;
        }
        return Outcome.message(outcome, query)
                .<Outcome>map(reply -> new Outcome.Edited(named(reply, asked)))
                .orElse(outcome);
    }

    private static boolean asks(Edns edns) {
        return edns.options().stream().anyMatch(option -> option.code() == Edns.NSID);
    }

    private Message named(Message reply, Edns asked) {
        var others =
                reply.edns().map(Edns::options).orElse(List.of()).stream().filter(option -> option.code() != Edns.NSID);
        var options = Stream.concat(others, Stream.of(answer)).toList();
        return new Message(
                reply.header(),
                reply.rcode(),
                reply.questions(),
                reply.answer(),
                reply.authority(),
                reply.additional(),
                Optional.of(new Edns(asked.udpSize(), 0, asked.dnssecOk(), options)));
    }
}
