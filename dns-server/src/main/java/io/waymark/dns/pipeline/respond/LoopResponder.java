package io.waymark.dns.pipeline.respond;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.ClientView;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import io.waymark.dns.pipeline.ServerBlock;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Query;
import io.waymark.records.message.QueryParse;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.ReplyComposer;
import io.waymark.records.message.TransferComposer;
import io.waymark.records.message.UpstreamReply;
import io.waymark.records.message.WholeReply;
import io.waymark.records.rr.RecordSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The outermost frame of every query of one event loop: parse, ask the pipeline, compose. A
/// defect of ours anywhere below ends here, as SERVFAIL.
public final class LoopResponder implements Responder {
    /// What an IPv4 packet can carry; UDP over IPv6 could take a few more.
    private static final int UDP_OCTETS_MAX = 65_507;
    /// The RD bit in the third octet of a message.
    private static final int RD_OF_OCTET = Header.RD >>> 8;

    private final QueryPipeline pipeline;
    private final ClientView views;
    private final Defects defects;
    private final InFlight inFlight;
    private final LongSupplier nanoTime;
    private final ReplyComposer composer = new ReplyComposer();
    private byte[] target = new byte[4_096];

    public LoopResponder(
            QueryPipeline pipeline, ClientView views, Defects defects, InFlight inFlight, LongSupplier nanoTime) {
        this.pipeline = pipeline;
        this.views = views;
        this.defects = defects;
        this.inFlight = inFlight;
        this.nanoTime = nanoTime;
    }

    @Override
    public Response respond(byte[] octets, int offset, int length, Client client) {
        try {
            return switch (Query.parse(octets, offset, length)) {
                case Query query -> respond(query, client, octets, offset, length);
                case QueryParse.Refuse refuse -> new Response.Octets(refuse.reply());
                case QueryParse.Ignore ignore -> Response.SILENCE;
            };
        } catch (RuntimeException | StackOverflowError defect) {
            defects.note(defect, octets, offset, length);
            return new Response.Octets(bareServfail(octets, offset));
        }
    }

    private Response respond(Query query, Client client, byte[] octets, int offset, int length) {
        var exchange = new Exchange(query, client, views.of(client), 0, new Notes(pipeline::ask));
        var served = pipeline.served(exchange);
        exchange.notes().considered(served, exchange);
        return respond(served, limited(served.block(), exchange), octets, offset, length);
    }

    private static Exchange limited(ServerBlock block, Exchange exchange) {
        int max = block.traits().udpSizeMax();
        var query = exchange.query();
        return query.udpLimit() <= max
                ? exchange
                : exchange.with(query.with(
                        query.edns().map(edns -> new Edns(max, edns.version(), edns.dnssecOk(), edns.options()))));
    }

    private Response respond(Served served, Exchange exchange, byte[] octets, int offset, int length) {
        var block = served.block();
        long began = block.observers().isEmpty() ? 0 : nanoTime.getAsLong();
        Outcome outcome;
        try {
            outcome = pipeline.ask(block, exchange);
        } catch (RuntimeException | StackOverflowError defect) {
            defects.note(defect, octets, offset, length);
            outcome = defect(defect);
        }
        if (outcome instanceof Outcome.Later(var later)) {
            var evidence = Arrays.copyOfRange(octets, offset, offset + length);
            inFlight.begin();
            return new Response.Later(
                    later.handle((last, failure) -> finishLater(served, exchange, last, failure, evidence, began)),
                    inFlight::end);
        }
        return finish(served, exchange, outcome, length, began, this::compose);
    }

    // Runs on whichever thread brought the outcome, hence without this loop's tables.
    private Response finishLater(
            Served served, Exchange exchange, Outcome last, Throwable failure, byte[] evidence, long began) {
        var outcome = last;
        if (failure != null) {
            defects.note(failure, evidence, 0, evidence.length);
            outcome = defect(failure);
        }
        try {
            return finish(served, exchange, outcome, evidence.length, began, ReplyComposer::compose);
        } catch (RuntimeException | StackOverflowError defect) {
            defects.note(defect, evidence, 0, evidence.length);
            return new Response.Octets(bareServfail(evidence, 0));
        }
    }

    private static Outcome defect(Throwable defect) {
        return new Outcome.Fail(Rcode.SERVFAIL, "a defect of Waymark: " + defect);
    }

    private Response finish(
            Served served, Exchange exchange, Outcome outcome, int queryOctets, long began, Composer composer) {
        var query = exchange.query();
        int limit = limit(exchange);
        return switch (outcome) {
            case Outcome.Answer(var reply) ->
                send(served, exchange, composer.compose(query, reply, limit), "", queryOctets, began);
            case Outcome.Fail fail ->
                send(
                        served,
                        exchange,
                        composer.compose(query, reply(fail, served.block()), limit),
                        fail.reason(),
                        queryOctets,
                        began);
            case Outcome.Verbatim(var octets) -> {
                Optional<byte[]> relayed = UpstreamReply.relay(query, octets, 0, octets.length, limit);
                yield relayed.isPresent()
                        ? send(served, exchange, relayed.get(), "", queryOctets, began)
                        : finish(served, exchange, unreadable(), queryOctets, began, composer);
            }
            case Outcome.Edited(var message) ->
                send(served, exchange, WholeReply.compose(query, message, limit), "", queryOctets, began);
            case Outcome.Transfer(var rrsets) -> transfer(served, exchange, rrsets, queryOctets, began);
            case Outcome.Drop drop -> {
                observe(served.block().observers(), served, exchange, new byte[0], "", queryOctets, began);
                yield Response.SILENCE;
            }
            case Outcome.Pass pass -> throw new IllegalStateException("a pipeline does not pass a query on");
            case Outcome.Later later -> throw new IllegalStateException("an outcome that was waited for is final");
        };
    }

    /// Whoever observes sees the first message.
    private Response transfer(
            Served served, Exchange exchange, Iterator<RecordSet> rrsets, int queryOctets, long began) {
        var transport = exchange.client().transport();
        if (!transport.takesSeveral()) {
            throw new IllegalStateException("an answer over " + transport + " is one message, and a zone is more");
        }
        var query = exchange.query();
        var messages = new TransferMessages(new TransferComposer(query, rrsets), defects, query.questionOctets());
        observe(served.block().observers(), served, exchange, messages.first(), "", queryOctets, began);
        inFlight.begin();
        return new Response.Several(messages, inFlight::end);
    }

    private static Outcome unreadable() {
        return new Outcome.Fail(Rcode.SERVFAIL, "the upstream's reply is too long for the client, and malformed");
    }

    private static Reply reply(Outcome.Fail fail, ServerBlock block) {
        boolean own = !fail.aliases().isEmpty();
        return new Reply(fail.rcode(), own, block.recursion(), fail.aliases(), List.of(), List.of());
    }

    private Response send(Served served, Exchange exchange, byte[] reply, String reason, int queryOctets, long began) {
        exchange.notes()
                .recursionDesired()
                .ifPresent(set -> reply[2] = (byte) (reply[2] & ~RD_OF_OCTET | (set ? RD_OF_OCTET : 0)));
        observe(served.block().observers(), served, exchange, reply, reason, queryOctets, began);
        if (!reason.isEmpty()) {
            observe(served.block().failureObservers(), served, exchange, reply, reason, queryOctets, began);
        }
        return new Response.Octets(reply);
    }

    private void observe(
            List<Observer> observers,
            Served served,
            Exchange exchange,
            byte[] reply,
            String reason,
            int queryOctets,
            long began) {
        if (!observers.isEmpty()) {
            long nanos = began == 0 ? 0 : nanoTime.getAsLong() - began;
            var answered = new Answered(exchange, served, queryOctets, reply, reason, nanos);
            observers.forEach(observer -> observer.answered(answered));
        }
    }

    /// Composes with this loop's tables; only on its thread.
    private byte[] compose(Query query, Reply reply, int limit) {
        if (target.length < limit) {
            target = new byte[limit];
        }
        return Arrays.copyOf(target, composer.compose(query, reply, target, 0, limit));
    }

    private static int limit(Exchange exchange) {
        return switch (exchange.client().transport()) {
            case UDP -> Math.min(UDP_OCTETS_MAX, exchange.query().udpLimit());
            case TCP, TLS, HTTPS -> Message.OCTETS_MAX;
        };
    }

    /// The header alone, for octets that are at least a header long or would have been ignored.
    private static byte[] bareServfail(byte[] octets, int offset) {
        var reply = new byte[12];
        reply[0] = octets[offset];
        reply[1] = octets[offset + 1];
        reply[2] = (byte) (Header.QR >>> 8 | octets[offset + 2] & (Header.RD >>> 8));
        reply[3] = (byte) Rcode.SERVFAIL.code();
        return reply;
    }

    /// Makes octets of a reply, on one thread or on any.
    private interface Composer {
        byte[] compose(Query query, Reply reply, int limit);
    }
}
