package io.waymark.testzones.zonefiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One signed zone, `signed.test.`, served by CoreDNS and by `./waymark dns`: each name with each type, with and
/// without DO; handed over; and changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZoneFileDifferentialTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ZONE = "signed.test.";
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                ready 127.0.0.1:{$READY}
                errors
                transfer signed.test {
                    to 127.0.0.1:{$SECONDARY}
                }
                file {$ZONE} signed.test {
                    reload 1s
                }
            }
            """;

    private static final List<String> NAMES = List.of(
            "",
            "ns.",
            "mail.",
            "www.",
            "web.",
            "gone.",
            "ent.",
            "a.ent.",
            "x.ent.",
            "x.wild.",
            "x.y.wild.",
            "*.wild.",
            "wild.",
            "x.alias.",
            "old.",
            "x.old.",
            "x.y.old.",
            "sub.",
            "x.sub.",
            "plain.",
            "x.plain.",
            "none.",
            "_s._tcp.",
            "_tcp.",
            "x.web.",
            "zzz.");
    private static final List<String> TYPES =
            List.of("A", "AAAA", "MX", "NS", "SOA", "SRV", "TXT", "CNAME", "DNAME", "DS", "DNSKEY", "NSEC", "RRSIG");

    /// RFC 4035 §2.5; CoreDNS follows the alias.
    private static final Set<String> BESIDE_ALIASES = Set.of("NSEC", "RRSIG");

    /// Where the target lacks the type, CoreDNS has name servers in the place of the SOA, but for addresses.
    private static final Set<String> ALIASES = Set.of("www.", "gone.", "x.alias.", "x.old.", "x.y.old.");

    /// Where CoreDNS proves nothing, or something else.
    private static final Set<String> PROVEN_HERE = Stream.concat(
                    ALIASES.stream(), Stream.of("x.ent.", "plain.", "x.plain."))
            .collect(Collectors.toSet());

    private ScratchFolder folder;
    private Server theirs;
    private Server ours;

    /// A server with its own copy of the zone, and with its secondary.
    private record Server(Path zone, Secondary secondary, Map<String, String> environment) implements AutoCloseable {
        static Server in(Path folder, String name) {
            try (var text = ZoneFileDifferentialTest.class.getResourceAsStream("/zonefiles/signed.test")) {
                var zone = folder.resolve(name + ".zone");
                Files.copy(text, zone);
                var secondary = new Secondary();
                var environment = new HashMap<String, String>();
                environment.put("DNS", Integer.toString(Program.freePort()));
                environment.put("READY", Integer.toString(Program.freePort()));
                environment.put("SECONDARY", Integer.toString(secondary.port()));
                environment.put("ZONE", zone.toString());
                return new Server(zone, secondary, environment);
            } catch (IOException e) {
                throw new UncheckedIOException("no zone in " + folder, e);
            }
        }

        int port() {
            return Integer.parseInt(environment.get("DNS"));
        }

        @Override
        public void close() {
            secondary.close();
        }
    }

    private DnsProcess coredns;
    private DnsProcess waymark;

    @BeforeAll
    void start() {
        Peers.require("coredns");
        folder = new ScratchFolder("zonefiles");
        theirs = Server.in(folder.path(), "theirs");
        ours = Server.in(folder.path(), "ours");
        coredns = DnsProcess.coreDns(folder.path(), COREFILE, theirs.environment())
                .awaitReady();
        waymark = DnsProcess.waymark(folder.path(), COREFILE, ours.environment(), List.of())
                .awaitReady();
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {waymark, coredns, ours, theirs, folder}) {
            if (part != null) {
                part.close();
            }
        }
    }

    static Stream<Arguments> questions() {
        return NAMES.stream()
                .flatMap(name -> TYPES.stream()
                        .filter(type -> !BESIDE_ALIASES.contains(type) || !ALIASES.contains(name))
                        // CoreDNS keeps the signatures of SOA and NS where it does not find them.
                        .filter(type -> !name.isEmpty() || !type.equals("RRSIG"))
                        .map(type -> Arguments.of(name, type)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("questions")
    void saysWhatCoreDnsSays(String name, String type) {
        for (boolean dnssecOk : new boolean[] {false, true}) {
            var ask = new Ask(name + ZONE, type, new Ask.Form(4096, dnssecOk, true, "IN", 0));
            var expected = Asker.ask(theirs.port(), ask);
            var said = Asker.ask(ours.port(), ask);
            var when = "DO " + dnssecOk + ": " + said + "\nCoreDNS: " + expected;
            assertThat(said.rcode()).as(when).isEqualTo(expected.rcode());
            assertThat(said.flags()).as(when).isEqualTo(expected.flags());
            assertThat(said.edns()).as(when).isEqualTo(expected.edns());
            assertThat(said.answer()).as(when).isEqualTo(withOwnerOfWildcard(expected.answer()));
            assertThat(said.additional()).as(when).isEqualTo(expected.additional());
            boolean noData =
                    ALIASES.contains(name) && said.authority().stream().anyMatch(line -> line.contains(" soa "));
            if (noData && said.rcode().equals("NOERROR")) {
                continue;
            }
            if (PROVEN_HERE.contains(name)) {
                assertThat(withoutProofs(said.authority())).as(when).isEqualTo(withoutProofs(expected.authority()));
            } else {
                assertThat(said.authority()).as(when).isEqualTo(expected.authority());
            }
        }
    }

    private static List<String> withoutProofs(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains(" in nsec ") && !line.contains(" in rrsig nsec "))
                .toList();
    }

    /// CoreDNS leaves the wildcard's name on the signature of an alias that the wildcard stands for.
    private static List<String> withOwnerOfWildcard(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^\\*\\.alias(.* rrsig cname )", "x.alias$1"))
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "{0} {1} is proven by {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # name   | type | owners of NSEC records            | because
            gone     | A    | x.new, a zone's apex              | RFC 4035 §3.1.3.2: neither the target nor a wildcard exists
            www      | AAAA | web                               | RFC 4035 §3.1.3.1: the target lacks the type
            x.ent    | A    | a.ent, *.alias                    | the closest encloser is an empty non-terminal (RFC 4592 §2.2.2)
            x.plain  | A    | plain                             | RFC 4035 §3.1.4: the delegation is not signed
            x.wild   | A    | *.wild                            | RFC 4035 §3.1.3.3: the name itself does not exist
            """)
    void provesWhatItDenies(String name, String type, String owners, String because) {
        var ask = new Ask(name + "." + ZONE, type, new Ask.Form(4096, true, true, "IN", 0));
        var proofs = Asker.ask(ours.port(), ask).authority().stream()
                .filter(line -> line.contains(" in nsec "))
                .map(line -> line.split(" ")[0])
                .toList();
        assertThat(proofs)
                .as(because)
                .containsExactlyInAnyOrder(Stream.of(owners.split(", "))
                        .map(owner -> owner.equals("a zone's apex") ? ZONE : owner + "." + ZONE)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.", "x.alias."})
    void answersForTypesThatStandBesideAnAlias(String name) {
        var ask = new Ask(name + ZONE, "NSEC", new Ask.Form(4096, true, true, "IN", 0));
        assertThat(Asker.ask(ours.port(), ask).answer()).isNotEmpty().allMatch(line -> line.startsWith(name));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"AXFR", "IXFR of the present serial", "IXFR of another serial"})
    void handsOverWhatCoreDnsHandsOver(String what) {
        var soa = Asker.ask(theirs.port(), Ask.roomy(ZONE, "SOA")).answer().getFirst();
        var type =
                what.replace(" of the present serial", "=" + soa.split(" ")[6]).replace(" of another serial", "=99");
        var expected = transfer(theirs, type);
        assertThat(transfer(ours, type)).isEqualTo(expected);
        assertThat(expected).hasSize(what.contains("present") ? 1 : 74);
    }

    private static List<String> transfer(Server server, String type) {
        var dig = Peers.require("dig").toString();
        var text = Program.output(
                SOON,
                List.of(
                        dig,
                        "@127.0.0.1",
                        "-p",
                        Integer.toString(server.port()),
                        "+tcp",
                        "+noall",
                        "+answer",
                        ZONE,
                        type));
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .map(line -> line.replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    @Test
    void tellsItsSecondaryWhenCoreDnsTells() {
        for (var server : List.of(theirs, ours)) {
            Await.until(
                    "the secondary hears at the start",
                    SOON,
                    () -> server.secondary().heard().size() == 1);
            change(server.zone());
            Await.until(
                    "the secondary hears of a new serial",
                    SOON,
                    () -> server.secondary().heard().size() == 2);
            assertThat(server.secondary().heard()).containsOnly("NOTIFY aa signed.test. SOA");
        }
    }

    private static void change(Path zone) {
        try {
            Files.writeString(
                    zone, Files.readString(zone).replace("hostmaster.signed.test. 1 ", "hostmaster.signed.test. 2 "));
        } catch (IOException e) {
            throw new UncheckedIOException("the zone stays as it is", e);
        }
    }
}
