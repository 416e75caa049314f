package io.waymark.testzones.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two headless Services of 5,000 endpoints on a real API server: `wide`, all of IPv4, and `both`, of two
/// families, which a message over TCP can hold (65,535 octets, RFC 1035 §4.2.2).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadlessThousandsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int STEPS = 120;
    /// An A record whose owner is a pointer to the question (RFC 1035 §4.1.4).
    private static final int OCTETS_OF_A = 16;
    private static final ManySlices WIDE = new ManySlices("wide", 50, 0);
    private static final ManySlices BOTH = new ManySlices("both", 30, 20);
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig {$KUBECONFIG}
                }
                loadbalance
            }
            """;

    private ControlPlane plane;
    private DnsProcess waymark;
    private int port;

    @BeforeAll
    void start() {
        plane = ControlPlane.start();
        port = Program.freePort();
        plane.api().apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        var objects = new ArrayList<>(List.of(ManySlices.service(WIDE), ManySlices.service(BOTH)));
        objects.addAll(WIDE.objects());
        objects.addAll(BOTH.objects());
        plane.api().createAll(objects);
        var environment = Map.of(
                "KUBECONFIG", plane.kubeconfig().toString(),
                "READY", Integer.toString(Program.freePort()),
                "DNS", Integer.toString(port));
        waymark = DnsProcess.waymark(plane.folder(), COREFILE, environment, List.of())
                .awaitReady();
    }

    @AfterAll
    void stop() {
        if (waymark != null) {
            waymark.close();
        }
        if (plane != null) {
            plane.close();
        }
    }

    @ParameterizedTest(name = "dig {0}: up to {1} octets")
    @CsvSource(delimiter = '|', textBlock = """
            +noedns        |   512
            +bufsize=1232  |  1232
            +bufsize=4096  |  4096
            +tcp           | 65535
            """)
    void whatDoesNotFitIsLeftOutRecordByRecordAndTheReplySaysSo(String option, int octetsMax) {
        var seen = Dig.at(port, option, "+ignore").ask(WIDE.domain(), "A");
        assertThat(seen.status()).isEqualTo("NOERROR");
        assertThat(seen.flags()).contains("tc");
        assertThat(seen.octets()).isLessThanOrEqualTo(octetsMax).isGreaterThan(octetsMax - 2 * OCTETS_OF_A);
        assertThat(addresses(seen)).doesNotHaveDuplicates().isSubsetOf(WIDE.addresses());
    }

    @Test
    void overTcpAllOfThemAreThere() {
        var four = Dig.at(port, "+tcp").ask(BOTH.domain(), "A");
        var six = Dig.at(port, "+tcp").ask(BOTH.domain(), "AAAA");
        assertThat(four.flags() + six.flags()).doesNotContain("tc");
        var all =
                Stream.concat(addresses(four).stream(), addresses(six).stream()).toList();
        assertThat(all).hasSize(5001).containsExactlyInAnyOrderElementsOf(BOTH.addresses());
    }

    @Test
    void eachOfThemHasItsNameAndItsAddressLeadsBackToThat() {
        var names = new ArrayList<Ask>();
        var pointers = new ArrayList<Ask>();
        for (var address : WIDE.addresses()) {
            names.add(Ask.roomy(nameOf(address), "A"));
            pointers.add(Ask.roomy(reverse(address), "PTR"));
        }
        assertThat(Asker.askAll(port, names).stream().map(HeadlessThousandsTest::only))
                .containsExactlyElementsOf(WIDE.addresses());
        assertThat(Asker.askAll(port, pointers).stream().map(HeadlessThousandsTest::only))
                .containsExactlyElementsOf(names.stream().map(Ask::name).toList());
    }

    @Test
    void whileEndpointsComeAndGoNoNameOfTheServiceIsEverMissing() {
        var asks = new ArrayList<Ask>();
        for (var type : List.of("A", "AAAA", "SRV")) {
            asks.add(Ask.roomy(BOTH.domain(), type));
            asks.add(new Ask(BOTH.domain(), type, Ask.Form.PLAIN));
        }
        asks.add(Ask.roomy("_pg._tcp." + BOTH.domain(), "SRV"));
        BOTH.stable().forEach((hostname, address) -> asks.add(Ask.roomy(hostname + "." + BOTH.domain(), "A")));
        var whole = List.of(Ask.roomy(BOTH.domain(), "A"), Ask.roomy(BOTH.domain(), "AAAA"));
        var missing = new ArrayList<String>();
        var changes = CompletableFuture.runAsync(() -> BOTH.change(plane.api(), STEPS));
        long rounds = 0;
        for (; !changes.isDone(); rounds++) {
            note(asks, Asker.askAll(port, asks), missing);
            note(whole, Asker.askAllOverTcp(port, whole), missing);
        }
        changes.join();
        assertThat(missing).as(rounds + " rounds of questions").isEmpty();
        assertThat(rounds).isGreaterThan(10);
        Await.until(
                "the last change is answered",
                SOON,
                () -> Set.copyOf(addresses(Dig.at(port, "+tcp").ask(BOTH.domain(), "A")))
                        .equals(Set.copyOf(BOTH.addresses().stream()
                                .filter(address -> !address.contains(":"))
                                .toList())));
    }

    /// What is not as it must be at each moment: a whole answer has all, a stable name its address.
    private static void note(List<Ask> asks, List<Told> told, List<String> missing) {
        for (int i = 0; i < asks.size(); i++) {
            var ask = asks.get(i);
            var answer = told.get(i).answer();
            var host = BOTH.stable().get(ask.name().substring(0, ask.name().indexOf('.')));
            int least = told.get(i).isCut() || !ask.name().equals(BOTH.domain())
                    ? 1
                    : ask.type().equals("A") ? 3001 : 2000;
            if (!told.get(i).rcode().equals("NOERROR")
                    || answer.size() < least
                    || host != null && !only(told.get(i)).equals(host)) {
                missing.add(ask + ": " + told.get(i).rcode() + ", " + answer.size() + " records");
            }
        }
    }

    private static String nameOf(String address) {
        return address.replace('.', '-') + "." + WIDE.domain();
    }

    private static String reverse(String address) {
        return String.join(".", List.of(address.split("\\.")).reversed()) + ".in-addr.arpa.";
    }

    private static List<String> addresses(Dig.Seen seen) {
        return seen.records().stream()
                .map(record -> record.substring(record.lastIndexOf(' ') + 1))
                .toList();
    }

    /// The data of the one record of the answer.
    private static String only(Told told) {
        return told.answer().size() == 1
                ? told.answer().getFirst().substring(told.answer().getFirst().lastIndexOf(' ') + 1)
                : told.toString();
    }
}
