package io.waymark.dns.plugin.forward;

import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plugin.forward.upstream.Upstream;
import io.waymark.dns.plugin.forward.upstream.UpstreamException;
import io.waymark.dns.plugin.forward.upstream.UpstreamMetrics;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Received.Matched;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/// An upstream that keeps every question until a test decides about it.
public final class HandUpstream implements Upstream {
    public static final Matched REPLY = reply(Rcode.NOERROR, 1, false);
    static final Matched TRUNCATED = reply(Rcode.NOERROR, 0, true);

    private final String name;
    private final Metrics metrics;
    private boolean closed;
    /// In the order they were asked; those that are decided about are not in it.
    public final List<Pending> pending = new ArrayList<>();

    public record Pending(Query query, Way way, Patience patience, CompletableFuture<Matched> reply) {}

    public HandUpstream(String name, Metrics metrics) {
        this.name = name;
        this.metrics = metrics;
    }

    Destination destination() {
        return new Destination(this, name, new UpstreamMetrics(metrics, name, new LongAdder()));
    }

    /// This upstream, as the only one of a forwarder.
    public Forwarder.Member alone() {
        return new Forwarder(
                        ForwardOptions.DEFAULT,
                        List.of(destination()),
                        new ForwardMetrics(metrics),
                        (delay, task) -> {},
                        () -> 0,
                        new SplittableRandom(7))
                .members()
                .getFirst();
    }

    /// A reply with this code and so many answers, as far as anybody looks at it.
    static Matched reply(Rcode rcode, int answers, boolean truncated) {
        var octets = MessageComposer.compose(
                new Message(
                        new Header(0, Header.QR | rcode.code()),
                        rcode,
                        List.of(new Question(DomainName.of("a.test."), RecordType.A, 1)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                512);
        return new Matched(octets, rcode, answers, truncated);
    }

    static Query query(String name) {
        return parse(Ask.query(7, name, RecordType.A));
    }

    static Query parse(byte[] octets) {
        return (Query) Query.parse(octets, 0, octets.length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Route route(Way way) {
        return new Route(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53), way);
    }

    @Override
    public CompletableFuture<Matched> ask(Query query, Way way, Patience patience) {
        var question = new Pending(query, way, patience, new CompletableFuture<>());
        pending.add(question);
        return question.reply();
    }

    public Pending next() {
        return pending.removeFirst();
    }

    public void reply(Matched reply) {
        next().reply().complete(reply);
    }

    public void reply(Rcode rcode) {
        reply(reply(rcode, 0, false));
    }

    public void fail() {
        next().reply().completeExceptionally(new UpstreamException("upstream " + name + ": no reply"));
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
