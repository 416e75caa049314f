package io.waymark.dns.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.pipeline.respond.InFlight;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import io.waymark.dns.plugin.forward.ScriptedUpstream;
import io.waymark.dns.plugin.kubernetes.KubernetesPlugin;
import io.waymark.dns.plugin.kubernetes.ServedCluster;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server of two blocks makes of queries: `cluster.` and its reverse zone by `kubernetes`,
/// `cluster.` below the root by nobody else, all other names by a plugin that knows one name.
class QueryPipelineTest {
    private static final Client CLIENT = new Client(Transport.UDP, new InetSocketAddress("127.0.0.1", 4242));

    private final List<Answered> seen = new ArrayList<>();
    private final List<Answered> failures = new ArrayList<>();
    private final Defects defects = new Defects(() -> 0);
    private final InFlight inFlight = new InFlight();
    private boolean synced = true;

    private final HandZone cluster = new HandZone("cluster.")
            .address("cart", "10.0.0.1")
            .address("six", "fd00::1")
            .alias("out", "outside.test.")
            .alias("lost", "lost.test.")
            .alias("refused", "elsewhere.")
            .alias("other", "here.second.")
            .alias("loop", "loop.second.");
    private final HandZone second =
            new HandZone("second.").address("here", "10.0.0.2").alias("loop", "loop.cluster.");
    private final HandZone reverse = new HandZone("10.in-addr.arpa.");

    /// Stands for forwarding: knows `outside.test.`, fails for `lost.test.`, waits for `late.test.`,
    /// has a defect for `defect.test.`, passes all else on.
    private final CompletableFuture<Outcome> late = new CompletableFuture<>();

    private final Plugin outside =
            (exchange, next) -> switch (exchange.question().name().toString()) {
                case "outside.test." ->
                    new Outcome.Verbatim(ScriptedUpstream.reply(
                            Ask.query(99, "outside.test.", exchange.question().type()), 0));
                case "lost.test." -> new Outcome.Fail(Rcode.SERVFAIL, "nobody replied");
                case "late.test." -> new Outcome.Later(late);
                case "dropped.test." -> Outcome.DROP;
                case "defect.test." -> throw new IllegalStateException("made for a test");
                default -> Outcome.PASS;
            };

    private final Responder responder = pipeline().onLoop();

    private QueryPipeline pipeline() {
        var kubernetes = new KubernetesPlugin(
                List.of(cluster, second, reverse),
                List.of(reverse.origin()),
                new ServedCluster(new ClusterIndex(IndexConfig.DEFAULT), () -> synced, DomainName.ROOT, List.of()),
                true);
        var own = HandBlock.of(true, List.of(seen::add), List.of(failures::add), kubernetes, outside);
        var test = HandBlock.of(true, List.of(), List.of(failures::add), outside);
        return new QueryPipeline(
                List.of(
                        new QueryPipeline.Served("dns://:53", DomainName.of("cluster."), own),
                        new QueryPipeline.Served("dns://:53", DomainName.of("second."), own),
                        new QueryPipeline.Served("dns://:53", DomainName.of("10.in-addr.arpa."), own),
                        new QueryPipeline.Served("dns://:53", DomainName.of("test."), test)),
                ClientView.EVERYTHING,
                defects,
                inFlight,
                () -> 1_000);
    }

    @ParameterizedTest(name = "{0} {1} is answered {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                | type | reply                                                              | because
            cart.cluster.         | A    | NOERROR aa ra: cart.cluster. A 10.0.0.1                            | the zone has it
            cart.cluster.         | AAAA | NOERROR aa ra; cluster. SOA                                        | the name exists, the type does not
            gone.cluster.         | A    | NXDOMAIN aa ra; cluster. SOA                                       | the name does not exist
            out.cluster.          | A    | NOERROR aa ra: out.cluster. CNAME outside.test., outside.test. A 192.0.2.1 | the target is asked of the whole server
            other.cluster.        | A    | NOERROR aa ra: other.cluster. CNAME here.second., here.second. A 10.0.0.2  | also of another zone of the same plugin
            lost.cluster.         | A    | SERVFAIL aa ra: lost.cluster. CNAME lost.test.                     | the alias stands, the code is the target's
            refused.cluster.      | A    | NOERROR aa ra: refused.cluster. CNAME elsewhere.                   | nobody here may answer for the target: the client goes on
            outside.test.         | A    | NOERROR ra: outside.test. A 192.0.2.1                              | an upstream's reply is passed on
            here.test.            | A    | SERVFAIL ra                                                        | every plugin passes it on
            elsewhere.            | A    | REFUSED                                                            | no block is responsible
            cluster.              | AXFR | REFUSED                                                            | transfers are not offered
            7.10.in-addr.arpa.    | PTR  | SERVFAIL ra                                                        | it falls through, and nobody else answers
            defect.test.          | A    | SERVFAIL ra                                                        | a defect ends here
            """)
    void answers(String name, String type, String expected, String because) {
        assertThat(ask(name, RecordType.parse(type).orElseThrow())).as(because).isEqualTo(expected);
    }

    @Test
    void aliasesThatLeadInACircleEndWithServfailAndWhatWasFollowed() {
        assertThat(ask("loop.cluster.", RecordType.A)).startsWith("SERVFAIL aa ra: loop.cluster. CNAME loop.second.");
        assertThat(failures).last().extracting(Answered::reason).asString().startsWith("more than 10 aliases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.cluster.", "7.10.in-addr.arpa."})
    void aMissingNameIsServfailWithTheSoaAsLongAsTheClusterIsNotKnown(String name) {
        synced = false;
        assertThat(ask(name, RecordType.A)).matches("SERVFAIL aa ra; .* SOA");
        assertThat(ask("cart.cluster.", RecordType.A)).startsWith("NOERROR");
    }

    @Test
    void aClassOtherThanInIsRefused() {
        var chaos = new Question(DomainName.of("cart.cluster."), RecordType.TXT, 3);
        assertThat(Ask.text(octets(Ask.query(7, 0, chaos, Optional.empty())))).isEqualTo("REFUSED");
    }

    @Test
    void dsAtAnApexIsAskedOfTheBlockAbove() {
        var below = HandBlock.of(false, (exchange, next) -> Outcome.DROP);
        var above = HandBlock.of(false, (exchange, next) -> new Outcome.Fail(Rcode.NOTAUTH, ""));
        var pipeline = new QueryPipeline(
                List.of(
                        new QueryPipeline.Served("dns://:53", DomainName.of("sub.test."), below),
                        new QueryPipeline.Served("dns://:53", DomainName.of("test."), above)),
                ClientView.EVERYTHING,
                defects,
                inFlight,
                () -> 0);
        var query = Ask.query(7, "sub.test.", RecordType.DS);
        assertThat(pipeline.onLoop().respond(query, 0, query.length, CLIENT)).isInstanceOf(Response.Octets.class);
        var address = Ask.query(7, "sub.test.", RecordType.A);
        assertThat(pipeline.onLoop().respond(address, 0, address.length, CLIENT))
                .isEqualTo(Response.SILENCE);
    }

    @Test
    void anAnswerThatIsWaitedForCountsAsInFlightUntilItIsOut() {
        var query = Ask.query(7, "late.test.", RecordType.A);
        var response = (Response.Later) responder.respond(query, 0, query.length, CLIENT);
        var drained = inFlight.drained();
        assertThat(inFlight.count()).isOne();
        assertThat(drained).isNotDone();

        late.complete(new Outcome.Fail(Rcode.SERVFAIL, "too late"));
        assertThat(response.response().join()).isInstanceOf(Response.Octets.class);
        assertThat(drained).as("the listener has not sent it yet").isNotDone();
        response.sent().run();
        assertThat(inFlight.count()).isZero();
        assertThat(drained).isDone();
        assertThat(failures).extracting(Answered::reason).containsExactly("too late");
    }

    @Test
    void aDefectBehindAnAnswerThatIsWaitedForIsServfailToo() {
        var query = Ask.query(7, "late.test.", RecordType.A);
        var response = (Response.Later) responder.respond(query, 0, query.length, CLIENT);
        late.completeExceptionally(new IllegalStateException("made for a test"));
        assertThat(Ask.text(((Response.Octets) response.response().join()).octets()))
                .isEqualTo("SERVFAIL ra");
        assertThat(defects.count()).isOne();
    }

    @Test
    void aDefectIsCountedAndTheNextQueryIsAnswered() {
        ask("defect.test.", RecordType.A);
        assertThat(defects.count()).isOne();
        assertThat(ask("cart.cluster.", RecordType.A)).startsWith("NOERROR");
    }

    @Test
    void aQueryThatIsDroppedOnPurposeGetsNothing() {
        var query = Ask.query(7, "dropped.test.", RecordType.A);
        assertThat(responder.respond(query, 0, query.length, CLIENT)).isEqualTo(Response.SILENCE);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # octets                                             | reply
            00                                                   | silence
            0007 8180 0001 0000 0000 0000 00 0001 0001           | silence
            0007 2900 0001 0000 0000 0000 00 0006 0001           | 0007 a904 0000 0000 0000 0000
            0007 0100 0000 0000 0000 0000                        | 0007 8101 0000 0000 0000 0000
            0007 0100 0001 0000 0000 0000 3f 0001 0001           | 0007 8101 0000 0000 0000 0000
            """)
    void octetsThatAreNoQueryGetWhatTheRfcsSay(String octets, String reply) {
        var parsed = HexFormat.of().parseHex(octets.replace(" ", ""));
        var response = responder.respond(parsed, 0, parsed.length, CLIENT);
        if (reply.equals("silence")) {
            assertThat(response).isEqualTo(Response.SILENCE);
        } else {
            assertThat(HexFormat.of().formatHex(((Response.Octets) response).octets()))
                    .isEqualTo(reply.replace(" ", ""));
        }
    }

    @Test
    void anUpstreamsReplyThatIsTooLongForTheClientIsTruncated() {
        var question = new Question(DomainName.of("late.test."), RecordType.A, 1);
        var query = Ask.query(7, Header.RD, question, Optional.of(new Edns(4096, 0, false, List.of())));
        var small = Ask.query(8, "late.test.", RecordType.A);
        var large = (Response.Later) responder.respond(query, 0, query.length, CLIENT);
        var cut = (Response.Later) responder.respond(small, 0, small.length, CLIENT);
        late.complete(new Outcome.Verbatim(LongReply.of(query, 100)));
        assertThat(((Response.Octets) large.response().join()).octets()).hasSizeGreaterThan(1_600);
        assertThat(((Response.Octets) cut.response().join()).octets()).hasSizeLessThanOrEqualTo(512);
        assertThat(Ask.text(((Response.Octets) cut.response().join()).octets())).startsWith("NOERROR ra tc");
    }

    @Test
    void observersAreToldHowLongItTookAndWhatWasSent() {
        ask("cart.cluster.", RecordType.A);
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().queryOctets()).isEqualTo(30);
        assertThat(Ask.text(seen.getFirst().reply())).startsWith("NOERROR");
        assertThat(failures).isEmpty();
    }

    private String ask(String name, RecordType type) {
        return Ask.text(octets(Ask.query(7, name, type)));
    }

    private byte[] octets(byte[] query) {
        var inBuffer = new byte[query.length + 10];
        System.arraycopy(query, 0, inBuffer, 5, query.length);
        var response = responder.respond(inBuffer, 5, query.length, CLIENT);
        Arrays.fill(inBuffer, (byte) 0xff); // the buffer is the listener's again
        return switch (response) {
            case Response.Octets(var octets) -> octets;
            case Response.Later(var later, var sent) -> ((Response.Octets) later.join()).octets();
            case Response.Several several -> throw new AssertionError("more than one reply");
            case Response.Silence silence -> throw new AssertionError("no reply");
        };
    }
}
