package io.waymark.testzones.forwarding;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The options of `forward`, to real CoreDNS and to `./waymark dns`, in front of the same two
/// [ScriptedServer]s.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardDifferentialTest {
    private static final Ask.Form SMALL = new Ask.Form(0, false, true, "IN", 0);

    /// One server block each, in the order of their numbers. `1` and `2` are the servers, `0` is nobody.
    private static final List<String> BLOCKS = List.of(
            "forward . 1 2 {~policy sequential~}",
            "forward . 1 2 {~policy sequential~failover SERVFAIL REFUSED~}",
            "forward . 1 {~next NXDOMAIN SERVFAIL~}~forward . 2",
            "forward . 1 {~next_on_nodata~}~forward . 2",
            "forward . 1 {~next NXDOMAIN~}~forward elsewhere.test 2",
            "forward . 1 {~next NXDOMAIN~}",
            "forward test 1 {~except a.test~}~forward a.test 2",
            "forward a.test 1 {~except a.test~}",
            "forward . 1 {~force_tcp~}",
            "forward . 1 {~prefer_udp~}",
            "forward . 0 1 {~policy sequential~}",
            "forward . 0 1 {~policy sequential~max_connect_attempts 1~max_fails 0~}",
            "forward . 0 {~failfast_all_unhealthy_upstreams~}",
            "forward . 1 {~max_concurrent 1~}");

    private final Map<String, String> theirs = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();
    private ScratchFolder folder;
    private ScriptedServer one;
    private ScriptedServer two;
    private DnsProcess coredns;
    private DnsProcess waymark;

    @BeforeAll
    void start() {
        Peers.require("coredns");
        folder = new ScratchFolder("forwarding");
        int first = Program.freePort();
        one = new ScriptedServer(1, first);
        int second = Program.freePort();
        two = new ScriptedServer(2, second);
        var nobody = Program.freePort();
        var corefile = IntStream.range(0, BLOCKS.size())
                .mapToObj(i -> ".:{$B" + i + "} {\n    bind 127.0.0.1\n"
                        + (i == 0 ? "    ready 127.0.0.1:{$READY}\n" : "")
                        + upstreams(BLOCKS.get(i), nobody, first, second) + "\n}\n")
                .collect(joining());
        for (var environment : List.of(theirs, ours)) {
            environment.put("READY", Integer.toString(Program.freePort()));
            for (int i = 0; i < BLOCKS.size(); i++) {
                environment.put("B" + i, Integer.toString(Program.freePort()));
            }
        }
        coredns = DnsProcess.coreDns(folder.path(), corefile, theirs).awaitReady();
        waymark = DnsProcess.waymark(folder.path(), corefile, ours, List.of()).awaitReady();
    }

    private static String upstreams(String lines, int... ports) {
        var text = lines.replace('~', '\n');
        for (int i = 0; i < ports.length; i++) {
            text = text.replaceAll("(forward .*) " + i + "( |$|(?=\n))", "$1 127.0.0.1:" + ports[i] + "$2");
        }
        return text;
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {waymark, coredns, two, one, folder}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(part + " does not close", e);
            }
        }
    }

    @ParameterizedTest(name = "block {0}, {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # block | name                | over | because
            0       | ok-ok.test.         | udp  | the first is asked first
            0       | ok-ok.test.         | tcp  | and as the client asked
            0       | servfail-ok.test.   | udp  | SERVFAIL is a reply
            0       | nxdomain-ok.test.   | udp  | so is NXDOMAIN
            0       | refused-ok.test.    | udp  | and REFUSED
            0       | formerr-ok.test.    | udp  | and FORMERR
            0       | notimp-ok.test.     | udp  | and NOTIMP
            0       | nodata-ok.test.     | udp  | and n/D
            0       | silent-ok.test.     | udp  | silence is none
            0       | cut-ok.test.        | tcp  | over TCP nothing is cut
            1       | servfail-ok.test.   | udp  | failover: another one has a better reply
            1       | refused-ok.test.    | tcp  | over TCP too
            1       | servfail-refused.test. | udp  | nobody has a better one: the last
            1       | nxdomain-ok.test.   | udp  | NXDOMAIN is not in the list
            2       | nxdomain-ok.test.   | udp  | next: the next forward is asked
            2       | servfail-nodata.test. | tcp  | and its reply counts, whatever it is
            2       | refused-ok.test.    | udp  | REFUSED is not in the list
            2       | ok-ok.test.         | udp  | nor is an answer
            3       | nodata-ok.test.     | udp  | next_on_nodata: n/D is left to the next
            3       | nxdomain-ok.test.   | udp  | NXDOMAIN is not
            4       | nxdomain-ok.test.   | udp  | the next forward is not about this name
            4       | nxdomain-ok.elsewhere.test. | udp  | but about this
            5       | nxdomain-ok.test.   | udp  | there is no next forward
            6       | ok-ok.b.test.       | udp  | the first forward has the name
            6       | ok-ok.a.test.       | udp  | it is excepted, and the second has it
            6       | ok-ok.org.          | udp  | nobody has it
            7       | a.test.             | udp  | the zone itself is forwarded although it is excepted
            7       | ok.a.test.          | udp  | what is below is not
            8       | ok.test.            | udp  | force_tcp
            8       | cut.test.           | udp  | over TCP nothing is cut
            9       | ok.test.            | tcp  | prefer_udp
            9       | cut.test.           | tcp  | and TCP for what is cut
            9       | cut.test.           | udp  | whoever asks
            10      | ok.test.            | udp  | the first is nobody
            10      | ok.test.            | tcp  | over TCP too
            11      | ok.test.            | udp  | there is no second attempt
            12      | ok.test.            | udp  | nobody is there
            """)
    void saysWhatCoreDnsSays(int block, String name, String over, String because) {
        var ask = new Ask(name, "TXT", Ask.Form.ROOMY);
        assertThat(ask(ours, block, ask, over)).as(because).isEqualTo(expected(ask(theirs, block, ask, over)));
    }

    /// What CoreDNS says, but for RA where it has no reply of an upstream: `recursion-available` in
    /// docs/differences.md.
    private static Told expected(Told theirs) {
        return theirs.rcode().equals("SERVFAIL") ? theirs.withFlag("ra", true) : theirs;
    }

    @Test
    void overMaxConcurrentBothRefuse() throws Exception {
        refusesWhileOneIsHeld(theirs, "silent.theirs.test.");
        refusesWhileOneIsHeld(ours, "silent.ours.test.");
    }

    private void refusesWhileOneIsHeld(Map<String, String> environment, String silent) throws InterruptedException {
        var held = CompletableFuture.supplyAsync(() -> ask(environment, 13, new Ask(silent, "TXT", SMALL), "udp"));
        one.awaitAsked(silent);
        assertThat(ask(environment, 13, Ask.roomy("ok.test.", "TXT"), "udp").rcode())
                .isEqualTo("REFUSED");
        held.join();
        Await.until(
                "there is room again",
                Duration.ofSeconds(20),
                () -> ask(environment, 13, Ask.roomy("ok.test.", "TXT"), "udp")
                        .rcode()
                        .equals("NOERROR"));
    }

    /// On purpose: see docs/differences.md.
    @Test
    void aReplyThatIsCutIsWholeForAClientThatCanTakeMoreAndForNoOther() {
        var small = new Ask("cut.test.", "TXT", SMALL);
        assertThat(ask(ours, 0, small, "udp")).isEqualTo(ask(theirs, 0, small, "udp"));
        var roomy = Ask.roomy("cut.test.", "TXT");
        assertThat(ask(theirs, 0, roomy, "udp").isCut()).isTrue();
        assertThat(ask(ours, 0, roomy, "udp").answer()).containsExactly("cut.test. 60 in txt \"1 tcp\"");
    }

    @Test
    void liesOfAnUpstreamReachNobody() {
        var told = ask(ours, 0, Ask.roomy("lies.test.", "TXT"), "udp");
        assertThat(told.answer()).containsExactly("lies.test. 60 in txt \"1 udp\"");
    }

    private static Told ask(Map<String, String> environment, int block, Ask ask, String over) {
        int port = Integer.parseInt(environment.get("B" + block));
        return over.equals("tcp") ? Asker.askOverTcp(port, ask) : Asker.ask(port, ask);
    }
}
