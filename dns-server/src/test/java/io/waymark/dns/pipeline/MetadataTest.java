package io.waymark.dns.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.pipeline.respond.InFlight;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Two blocks: one for `inside.` has metadata below `inside.`, one for all else has none.
class MetadataTest {
    private static final Client CLIENT = new Client(Transport.UDP, new InetSocketAddress("127.0.0.1", 4242));

    private final List<String> worked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /// Knows one label, and asks behind itself about another name.
    private final class Knowing implements Plugin, MetadataProvider {
        @Override
        public Outcome answer(Exchange exchange, Next next) {
            exchange.notes().metadata("late/label", "on the way");
            var other = new Question(DomainName.of("other.inside."), RecordType.A, 1);
            return next.ask(exchange.with(exchange.query().with(other)));
        }

        @Override
        public Optional<String> metadata(Exchange exchange, String label) {
            worked.add(label);
            return label.equals("knowing/name")
                    ? Optional.of(exchange.question().name().toString())
                    : Optional.empty();
        }
    }

    private final Plugin reader = (exchange, next) -> {
        told.add(exchange.notes().metadata("knowing/name").orElse("nothing"));
        return new Outcome.Answer(Reply.of(Rcode.NOERROR));
    };

    private final Observer observer = answered -> told.add(
            "observed " + answered.exchange().notes().metadata("knowing/name").orElse("nothing") + ", "
                    + answered.exchange().notes().metadata("late/label").orElse("nothing"));

    private ServerBlock block(List<DomainName> metadata) {
        return new ServerBlock(
                Traits.PLAIN.withMetadata(metadata),
                List.of(new NamedPlugin("knowing", new Knowing()), new NamedPlugin("reader", reader)),
                List.of(observer),
                List.of());
    }

    private void ask(String name) {
        var pipeline = new QueryPipeline(
                List.of(
                        new QueryPipeline.Served(
                                "dns://:53", DomainName.of("inside."), block(List.of(DomainName.of("inside.")))),
                        new QueryPipeline.Served("dns://:53", DomainName.ROOT, block(List.of()))),
                ClientView.EVERYTHING,
                new Defects(() -> 0),
                new InFlight(),
                () -> 0);
        var octets = Ask.query(1, name, RecordType.A);
        assertThat(Query.parse(octets, 0, octets.length)).isInstanceOf(Query.class);
        pipeline.onLoop().respond(octets, 0, octets.length, CLIENT);
    }

    @Test
    void aValueIsTheClientsQuerysWhateverAPluginMadeOfIt() {
        ask("asked.inside.");
        assertThat(told).containsExactly("asked.inside.", "observed asked.inside., on the way");
    }

    @Test
    void aValueIsWorkedOutOnceAndOnlyIfSomebodyAsks() {
        ask("asked.inside.");
        assertThat(worked).containsExactly("knowing/name");
    }

    @Test
    void aBlockWithoutMetadataTellsNothing() {
        ask("asked.elsewhere.");
        assertThat(told).containsExactly("nothing", "observed nothing, nothing");
        assertThat(worked).isEmpty();
    }
}
