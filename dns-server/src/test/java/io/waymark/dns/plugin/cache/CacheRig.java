package io.waymark.dns.plugin.cache;

import io.waymark.dns.corefile.CorefileRead;
import io.waymark.dns.corefile.CorefileReader;
import io.waymark.dns.corefile.CorefileText;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.NamedPlugin;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock;
import io.waymark.dns.pipeline.Transport;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// A cache out of a Corefile's lines, with an upstream that says what it is told to and a clock that
/// is turned by hand. The upstream answers later if [#hold] says so.
final class CacheRig {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4_242);

    final Metrics metrics = new Metrics();
    final KeptAnswers kept;
    final CachePlugin cache;
    final AtomicInteger asked = new AtomicInteger();
    final Deque<CompletableFuture<Outcome>> held = new ArrayDeque<>();
    final Deque<Runnable> delayed = new ArrayDeque<>();

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final Next chain;
    private volatile Function<Exchange, Outcome> upstream = exchange -> Outcome.DROP;
    private volatile boolean holding;

    CacheRig(String lines) {
        this(lines, "forward");
    }

    /// @param behind the name of the plugin behind the cache
    CacheRig(String lines, String behind) {
        var stage = stage(lines);
        this.kept = new KeptAnswers(stage, metrics, "", Runnable::run);
        this.cache = new CachePlugin(
                stage,
                kept,
                Optional.empty(),
                nanos::get,
                () -> Instant.ofEpochSecond(1_000_000_000L),
                (after, task) -> delayed.add(task));
        Plugin answering = (exchange, next) -> {
            asked.incrementAndGet();
            if (!holding) {
                return upstream.apply(exchange);
            }
            var later = new CompletableFuture<Outcome>();
            synchronized (held) {
                held.add(later);
            }
            return new Outcome.Later(later);
        };
        this.chain = new ServerBlock(
                        ServerBlock.Traits.PLAIN,
                        List.of(new NamedPlugin("cache", cache), new NamedPlugin(behind, answering)),
                        List.of(),
                        List.of())
                .chain();
    }

    static CacheStage stage(String lines) {
        var text = ". {\n" + lines.replace('~', '\n') + "\n}";
        var read = CorefileReader.read("Corefile", text, name -> Optional.empty(), CorefileText.imports(Map.of()));
        if (!(read instanceof CorefileRead.Read(var corefile))) {
            throw new AssertionError(read.toString());
        }
        var remarks = new Remarks();
        var stage = CacheReader.read(corefile.blocks().getFirst().directives(), List.of(DomainName.ROOT), remarks)
                .getFirst();
        if (!remarks.problems().isEmpty()) {
            throw new AssertionError(remarks.problems().toString());
        }
        return (CacheStage) stage;
    }

    /// From now on upstream replies this; see [ReplyText]. `-` is that nobody replies.
    CacheRig says(String reply) {
        upstream = exchange -> outcome(exchange.question(), reply);
        return this;
    }

    /// From now on the plugin behind says this.
    CacheRig says(Function<Exchange, Outcome> answer) {
        upstream = answer;
        return this;
    }

    static Outcome outcome(Question question, String reply) {
        return reply.equals("-")
                ? new Outcome.Fail(Rcode.SERVFAIL, "nobody replies")
                : new Outcome.Verbatim(ReplyText.octets(question, reply));
    }

    CacheRig passes(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        return this;
    }

    /// From now on upstream replies when [#reply] is called.
    void hold(boolean hold) {
        holding = hold;
    }

    /// The question that waits longest gets this.
    void reply(String name, String reply) {
        CompletableFuture<Outcome> later;
        synchronized (held) {
            later = held.removeFirst();
        }
        later.complete(outcome(new Question(DomainName.of(name), RecordType.A, 1), reply));
    }

    Outcome ask(Exchange exchange) {
        return chain.ask(exchange);
    }

    /// What a client is told that asks for the address; `later` if it is to wait.
    String ask(String name) {
        return text(ask(address(name)));
    }

    /// A query for the address, over UDP and without EDNS.
    static Exchange address(String name) {
        return exchange(name, RecordType.A, Header.RD, Optional.empty());
    }

    static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Verbatim(var octets) -> ReplyText.of(Ask.parse(octets));
            case Outcome.Later(var later) -> later.isDone() ? text(later.join()) : "later";
            case Outcome.Fail(var rcode, var aliases, var reason) -> rcode + ", as " + reason;
            default -> outcome.getClass().getSimpleName();
        };
    }

    static Exchange exchange(String name, RecordType type, int flags, Optional<Edns> edns) {
        return exchange(Ask.query(7, flags, new Question(DomainName.of(name), type, 1), edns), Transport.UDP, View.ALL);
    }

    static Exchange exchange(byte[] octets, Transport transport, View view) {
        if (!(Query.parse(octets, 0, octets.length) instanceof Query query)) {
            throw new AssertionError("no query");
        }
        var notes = new Notes(exchange -> {
            throw new AssertionError("nobody asks the server: " + exchange.question());
        });
        return new Exchange(query, new Client(transport, CLIENT), view, 0, notes);
    }

    /// The sum of a counter over all its labels.
    long count(String name) {
        return metrics.families().stream()
                .filter(family -> family.name().equals("coredns_cache_" + name))
                .map(CounterFamily.class::cast)
                .flatMap(family -> family.counters().values().stream())
                .mapToLong(LongAdder::sum)
                .sum();
    }
}
