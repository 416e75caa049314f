package io.waymark.dns.plugin.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.dnsjava.RecordText;
import io.waymark.records.gen.Gen;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.WholeReply;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules before a plugin that answers any question with the same records about the name it is asked for:
/// an upstream's reply, octet for octet. In the tables `§` is that name.
class RewritePluginTest {
    private final List<Query> asked = new ArrayList<>();

    private Next upstream(String... records) {
        return exchange -> {
            var query = exchange.query();
            asked.add(query);
            var name = query.question().name().toString();
            var answer = List.of(records).stream()
                    .map(text -> RecordText.of(text.replace("§", name)))
                    .toList();
            var header = new Header(99, Header.QR | Header.AA | query.flags() & Header.RD);
            return new Outcome.Verbatim(MessageComposer.compose(
                    new Message(
                            header,
                            Rcode.NOERROR,
                            List.of(query.question()),
                            answer,
                            List.of(),
                            List.of(),
                            query.edns()),
                    Message.OCTETS_MAX));
        };
    }

    private static RewritePlugin plugin(String lines) {
        var text = ". {\n" + lines.replace('~', '\n') + "\n}";
        return switch (ServerPlan.read("Corefile", text, name -> Optional.empty(), ImportResolver.NONE, 53)) {
            case PlanRead.Planned(var plan) ->
                new RewritePlugin(plan.blocks()
                        .getFirst()
                        .stage(RewriteStage.class)
                        .orElseThrow()
                        .lines());
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(problems.toString());
        };
    }

    private Message reply(String lines, String name, RecordType type, String... records) {
        var exchange = HandExchange.of(name, type, "10.0.0.9");
        var outcome = plugin(lines).answer(exchange, upstream(records));
        var whole =
                Outcome.message(outcome == Outcome.PASS ? upstream(records).ask(exchange) : outcome, exchange.query());
        return Ask.parse(WholeReply.compose(exchange.query(), whole.orElseThrow(), Message.OCTETS_MAX));
    }

    @ParameterizedTest(name = "{0}: {1} is asked as {2}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # rules                                                            ! name            ! asked as
            rewrite name a.org b.org                                           ! a.org           ! b.org. A IN
            rewrite name a.org b.org                                           ! A.ORG           ! b.org. A IN
            rewrite name a.org b.org                                           ! x.a.org         ! x.a.org. A IN
            rewrite name exact a.org b.org                                     ! a.org           ! b.org. A IN
            rewrite name prefix old- new-                                      ! old-.org        ! new-.org. A IN
            rewrite name prefix old- new-                                      ! old-a.org       ! old-a.org. A IN
            rewrite name prefix old.a new.b                                    ! old.a.org       ! new.b.org. A IN
            rewrite name suffix .a.org .b.org                                  ! x.a.org         ! x.b.org. A IN
            rewrite name suffix a.org b.org                                    ! xa.org          ! xb.org. A IN
            rewrite name substring a b                                         ! a.a.org         ! b.b.org. A IN
            rewrite name regex (.*)-(us|eu)\\.a\\.org {1}.{2}.b.org            ! db-eu.a.org     ! db.eu.b.org. A IN
            rewrite stop {~name regex (.*)\\.a\\.org {1}.b.org~answer name (.*)\\.b\\.org {1}.a.org~} ! x.a.org ! x.b.org. A IN
            rewrite type A AAAA                                                ! a.org           ! a.org. AAAA IN
            rewrite class IN CH                                                ! a.org           ! a.org. A CH
            rewrite continue name a.org b.org~rewrite type A TXT               ! a.org           ! b.org. TXT IN
            rewrite name a.org b.org~rewrite type A TXT                        ! a.org           ! b.org. A IN
            rewrite continue name a.org b.org~rewrite name b.org c.org         ! a.org           ! c.org. A IN
            rewrite stop name b.org c.org~rewrite name a.org b.org             ! a.org           ! b.org. A IN
            """)
    void isAskedAs(String lines, String name, String expected) {
        reply(lines.replace("\\\\", "\\"), name, RecordType.A);
        var question = asked.getLast().question();
        assertThat(question.name() + " " + question.type() + " " + (question.recordClass() == 1 ? "IN" : "CH"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} gives {3}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # rules                                               ! name      ! records behind                ! records in the reply
            rewrite name a.org b.org                              ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 9 A
            rewrite name a.org b.org                              ! a.org     ! § 9 IN CNAME x.§              ! a.org. 9 CNAME x.a.org.
            rewrite name a.org b.org                              ! a.org     ! x§ 9 IN CNAME x§              ! xb.org. 9 CNAME xb.org.
            rewrite name prefix a.x b.y                           ! a.x.org   ! § 9 IN SRV 1 2 3 t.§          ! b.y.org. 9 SRV t.b.y.org.
            rewrite name prefix a.x b.y answer auto               ! a.x.org   ! § 9 IN SRV 1 2 3 t.§          ! a.x.org. 9 SRV t.a.x.org.
            rewrite name suffix .a.org .b.org answer auto         ! x.a.org   ! y.b.org. 9 IN MX 5 z.b.org.   ! y.a.org. 9 MX z.a.org.
            rewrite name suffix .a.org .b.org                     ! x.a.org   ! § 9 IN A 10.0.0.1             ! x.b.org. 9 A
            rewrite name substring a b answer auto                ! x.a.org   ! § 9 IN PTR q.§                ! x.a.org. 9 PTR q.x.a.org.
            rewrite name regex (.*)\\.a\\.org {1}.b.org answer auto ! x.a.org ! § 9 IN NS n.§                 ! x.a.org. 9 NS n.x.a.org.
            rewrite name regex (.*)\\.a\\.org {1}.b.org answer name (.*)\\.b\\.org {1}.c.org ! x.a.org ! § 9 IN CNAME y.b.org. ! x.c.org. 9 CNAME y.b.org.
            rewrite name regex (.*)\\.a\\.org {1}.b.org answer value (.*)\\.b\\.org {1}.c.org ! x.a.org ! § 9 IN CNAME y.b.org. ! x.b.org. 9 CNAME y.c.org.
            rewrite name regex (.*)\\.a\\.org {1}.b.org answer auto answer value (.*)\\.c\\.org {1}.d.org ! x.a.org ! § 9 IN CNAME y.c.org. ! x.a.org. 9 CNAME y.d.org.
            rewrite name a.org b.org                              ! a.org     ! § 9 IN SOA § m.§ 1 2 3 4 5    ! a.org. 9 SOA a.org.
            rewrite name a.org b.org                              ! a.org     ! § 9 IN DNAME t.§              ! a.org. 9 DNAME 01740161036F726700
            rewrite name a.org b.org                              ! a.org     ! § 9 IN NAPTR 1 2 "u" "e" "x" § ! a.org. 9 NAPTR 000100020175016501780161036F726700
            rewrite name a.org b.org                              ! a.org     ! § 9 IN TXT "b.org."           ! a.org. 9 TXT
            rewrite ttl a.org 60                                  ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 60 A
            rewrite ttl a.org 10-20                               ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 10 A
            rewrite ttl a.org -5                                  ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 5 A
            rewrite ttl a.org 5-                                  ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 9 A
            rewrite ttl suffix org 60                             ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 60 A
            rewrite ttl regex ^b 60                               ! a.org     ! § 9 IN A 10.0.0.1             ! a.org. 9 A
            rewrite continue ttl prefix a 60~rewrite name a.org b.org ! a.org ! § 9 IN A 10.0.0.1             ! a.org. 60 A
            rewrite continue {~ttl regex (.*) 30~}~rewrite name a.org b.org ! a.org ! § 9 IN A 10.0.0.1       ! a.org. 30 A
            """)
    void gives(String lines, String name, String record, String expected) {
        var reply = reply(lines.replace("\\\\", "\\"), name, RecordType.A, record);
        assertThat(described(reply.answer().getFirst())).isEqualTo(expected);
    }

    private static String described(ResourceRecord record) {
        return record.owner() + " " + record.ttl() + " " + record.type()
                + switch (record.data()) {
                    case io.waymark.records.rr.RecordData.Srv srv -> " " + srv.target();
                    case io.waymark.records.rr.RecordData.Mx mx -> " " + mx.exchange();
                    case io.waymark.records.rr.RecordData.Cname cname -> " " + cname.target();
                    case io.waymark.records.rr.RecordData.Ns ns -> " " + ns.target();
                    case io.waymark.records.rr.RecordData.Ptr ptr -> " " + ptr.target();
                    case io.waymark.records.rr.RecordData.Soa soa -> " " + soa.primary();
                    case io.waymark.records.rr.RecordData.Unknown(var type, var octets) ->
                        " " + HexFormat.of().withUpperCase().formatHex(octets);
                    default -> "";
                };
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '!', quoteCharacter = '\u0001', textBlock = """
            # rules                                            ! options behind
            rewrite edns0 local set 0xffee 0x0aff              ! 65518=0aff
            rewrite edns0 local set 0xffee hello               ! 65518=68656c6c6f
            rewrite edns0 local append 65518 {client_ip}       ! 65518=0a000009
            rewrite edns0 local set 0xffee {qname}             ! 65518=612e6f72672e
            rewrite edns0 local set 0xffee {qtype}             ! 65518=0001
            rewrite edns0 local set 0xffee {client_port}       ! 65518=1092
            rewrite edns0 local set 0xffee {protocol}          ! 65518=756470
            rewrite edns0 local set 0xffee {server_ip}         ! 65518=00000000
            rewrite edns0 local set 0xffee {server_port}       ! 65518=0000
            rewrite edns0 local set 0xffee {kubernetes/x}      ! none
            rewrite edns0 local replace 0xffee x               ! none
            rewrite edns0 nsid set                             ! 3=
            rewrite edns0 subnet set 24 56                     ! 8=000118000a0000
            rewrite edns0 subnet set 31 56                     ! 8=00011f000a000008
            rewrite edns0 subnet append 0 0                    ! 8=00010000
            rewrite continue edns0 local set 1234 a~rewrite edns0 local append 1234 b ! 1234=61 1234=62
            rewrite continue edns0 local set 1234 a~rewrite edns0 local set 1234 b    ! 1234=62
            rewrite continue edns0 local set 1234 a~rewrite edns0 local unset 1234    !
            rewrite continue edns0 subnet set 8 8~rewrite edns0 subnet append 0 0     ! 8=000108000a
            """)
    void hasOptions(String lines, String expected) {
        reply(lines, "a.org", RecordType.A, "§ 9 IN A 10.0.0.1");
        var edns = asked.getLast().edns();
        var options = edns.map(opt -> String.join(
                        " ",
                        opt.options().stream()
                                .map(option ->
                                        option.code() + "=" + HexFormat.of().formatHex(option.octets()))
                                .toList()))
                .orElse("none");
        assertThat(options).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aReplyThatRevertsItsOptionsShowsTheClientsOwn() {
        var plugin = plugin("rewrite edns0 local set 1234 b revert");
        var own = new Edns.Option(1234, new byte[] {1});
        var exchange = HandExchange.of("a.org", RecordType.A, "10.0.0.9");
        var query = exchange.query().with(Optional.of(new Edns(1_232, 0, false, List.of(own))));
        var outcome = plugin.answer(exchange.with(query), upstream("§ 9 IN A 10.0.0.1"));
        assertThat(asked.getLast().edns().orElseThrow().options().getFirst().octets())
                .isEqualTo(new byte[] {'b'});
        assertThat(Outcome.message(outcome, query)
                        .orElseThrow()
                        .edns()
                        .orElseThrow()
                        .options())
                .containsExactly(own);
    }

    @Test
    void aCodeIsRewrittenWhereThereAreNoRecordsToo() {
        assertThat(reply("rewrite rcode a.org NOERROR REFUSED", "a.org", RecordType.A)
                        .rcode())
                .isEqualTo(Rcode.REFUSED);
        var exchange = HandExchange.of("a.org", RecordType.A, "10.0.0.9");
        var outcome = plugin("rewrite rcode regex .* SERVFAIL 3")
                .answer(exchange, ask -> new Outcome.Fail(Rcode.SERVFAIL, "made for a test"));
        assertThat(outcome).isEqualTo(new Outcome.Fail(Rcode.NXDOMAIN, "made for a test"));
    }

    @Test
    void aNameThatIsNoneIsServfailAndSaysWhatItIs() {
        var exchange = HandExchange.of("x.a.org", RecordType.A, "10.0.0.9");
        var outcome = plugin("rewrite name substring x. .").answer(exchange, upstream());
        assertThat(outcome)
                .isEqualTo(new Outcome.Fail(Rcode.SERVFAIL, "rewrite made \".a.org.\" of the name, which is none"));
    }

    @Test
    void aQueryThatNoRuleMeansPassesAsItIs() {
        var plugin = plugin("rewrite name a.org b.org~rewrite ttl c.org 5~rewrite type TXT A");
        var outcome = plugin.answer(HandExchange.of("d.org", RecordType.A, "10.0.0.9"), upstream());
        assertThat(outcome).isSameAs(Outcome.PASS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void theReplyCarriesTheClientsQuestion(long seed) {
        var gen = Gen.seeded(seed);
        var plugin = plugin("""
                rewrite continue name regex ^(a.*)-(.*)$ {2}.{1} answer auto
                rewrite continue name substring b ccc answer auto
                rewrite continue name suffix .c.org. .much.longer.example.net. answer auto
                rewrite continue type AAAA A
                rewrite continue edns0 local set 1234 x
                rewrite name prefix a xx answer auto
                """);
        for (int i = 0; i < 2_000; i++) {
            var name = new StringBuilder();
            for (int n = gen.between(1, 4); n > 0; n--) {
                name.append(gen.label()).append('.');
            }
            name.append(gen.oneIn(2) ? "c.org." : "org.");
            var type = gen.oneIn(2) ? RecordType.AAAA : RecordType.A;
            var question = new Question(DomainName.of(name.toString()), type, 1);
            var octets = Ask.query(7, 0, question, Optional.empty());
            for (int at = 13; at < octets.length - 5; at++) {
                octets[at] -= (byte) (octets[at] >= 'a' && octets[at] <= 'z' && gen.oneIn(2) ? 32 : 0);
            }
            if (!(Query.parse(octets, 0, octets.length) instanceof Query query)) {
                throw new AssertionError("seed " + seed + ": no query");
            }
            var exchange = HandExchange.of("a.", RecordType.A, "10.0.0.9").with(query);
            var outcome = plugin.answer(exchange, upstream("§ 9 IN CNAME x.§"));
            if (outcome == Outcome.PASS) {
                continue;
            }
            var reply =
                    WholeReply.compose(query, Outcome.message(outcome, query).orElseThrow(), Message.UDP_OCTETS_MIN);
            assertThat(reply).as("seed %d: %s", seed, name).startsWith(0, 7);
            assertThat(java.util.Arrays.copyOfRange(reply, 12, 12 + query.questionOctets().length))
                    .as("seed %d: %s", seed, name)
                    .isEqualTo(query.questionOctets());
            Ask.parse(reply);
        }
    }
}
