package io.waymark.testzones.forwarding;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.forwarding.RealServer.Ports;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Identity;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./waymark dns` in front of real unbound and real knot.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealUpstreamsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Server blocks by name; what stands in braces is replaced.
    private static final Map<String, String> BLOCKS = Map.of(
            "plain", "forward . 127.0.0.1:{UNBOUND}",
            "tcp", "forward . 127.0.0.1:{UNBOUND} {~force_tcp~}",
            "knot", "forward . 127.0.0.1:{KNOT}",
            "dot", "forward . tls://127.0.0.1:{TLS} {~tls {CERT}~tls_servername dns.test~}",
            "dot-name", "forward . tls://127.0.0.1%dns.test:{TLS} {~tls {CERT}~}",
            "dot-address", "forward . tls://127.0.0.1:{TLS} {~tls {CERT}~max_idle_conns 1~}",
            "dot-stranger", "forward . tls://127.0.0.1:{TLS} {~tls {CERT}~tls_servername other.test~}",
            "doh", "forward . https://127.0.0.1:{HTTPS} {~tls {CERT}~tls_servername dns.test~}",
            "doh-get", "forward . https://127.0.0.1:{HTTPS} {~tls {CERT}~doh_method GET~}",
            "both", "forward . 127.0.0.1:{UNBOUND} 127.0.0.1:{KNOT} {~policy sequential~health_check 50ms~}");

    private final Map<String, String> ports = new HashMap<>();
    private final Ports unboundPorts = Ports.free();
    private ScratchFolder folder;
    private Identity identity;
    private RealServer unbound;
    private RealServer knot;
    private DnsProcess waymark;

    @BeforeAll
    void start() {
        folder = new ScratchFolder("upstreams");
        identity = Identity.in(folder.path(), "dns");
        unbound = RealServer.unbound(folder.path(), unboundPorts, identity);
        knot = RealServer.knot(folder.path(), Program.freePort());
        ports.put("READY", Integer.toString(Program.freePort()));
        BLOCKS.keySet().forEach(block -> ports.put(variable(block), Integer.toString(Program.freePort())));
        var corefile = BLOCKS.entrySet().stream()
                .map(block -> ".:{$%s} {\n    bind 127.0.0.1\n    errors\n%s\n%s\n}\n"
                        .formatted(
                                variable(block.getKey()),
                                block.getKey().equals("plain") ? "    ready 127.0.0.1:{$READY}" : "",
                                filled(block.getValue())))
                .collect(joining());
        waymark = DnsProcess.waymark(folder.path(), corefile, ports, List.of()).awaitReady();
    }

    private static String variable(String block) {
        return "PORT_" + block.replace('-', '_');
    }

    private String filled(String lines) {
        return lines.replace('~', '\n')
                .replace("{UNBOUND}", Integer.toString(unboundPorts.dns()))
                .replace("{TLS}", Integer.toString(unboundPorts.tls()))
                .replace("{HTTPS}", Integer.toString(unboundPorts.https()))
                .replace("{KNOT}", Integer.toString(knot.port()))
                .replace("{CERT}", identity.certificate().toString());
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {waymark, knot, unbound, folder}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2} says {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # block      | name             | type | says
            plain        | www.test.        | A    | NOERROR 192.0.2.80
            plain        | gone.test.       | A    | NXDOMAIN
            plain        | one.test.        | A    | NOERROR
            plain        | www.test.        | AAAA | NOERROR
            knot         | www.test.        | A    | NOERROR 192.0.2.80
            knot         | gone.test.       | A    | NXDOMAIN
            knot         | www.elsewhere.   | A    | REFUSED
            knot         | www.broken.      | A    | SERVFAIL
            tcp          | who.test.        | TXT  | NOERROR unbound
            dot          | who.test.        | TXT  | NOERROR unbound
            dot-name     | who.test.        | TXT  | NOERROR unbound
            dot-address  | who.test.        | TXT  | NOERROR unbound
            dot          | gone.test.       | A    | NXDOMAIN
            dot-stranger | who.test.        | TXT  | SERVFAIL
            doh          | who.test.        | TXT  | NOERROR unbound
            doh          | gone.test.       | A    | NXDOMAIN
            doh-get      | who.test.        | TXT  | NOERROR unbound
            """)
    void says(String block, String name, String type, String expected) {
        var ask = Ask.roomy(name, type);
        assertThat(text(Asker.ask(port(block), ask))).isEqualTo(expected);
        assertThat(text(Asker.askOverTcp(port(block), ask))).as("over TCP").isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} octets: {2} records")
    @CsvSource(delimiter = '|', textBlock = """
            # block | edns  | records | because
            plain   | 0     | cut     | a small client comes again over TCP
            plain   | 1232  | cut     | so does one that can take some, but not all
            plain   | 4096  | 30      | the upstream was asked again over TCP, as it cuts at 1,232 octets
            tcp     | 4096  | 30      | it was asked over TCP at once
            dot     | 4096  | 30      | TLS cuts nothing
            doh     | 4096  | 30      | nor does HTTPS
            """)
    void aLongAnswerIsWholeOrSaysThatItIsNot(String block, int edns, String records, String because) {
        var ask = new Ask("big.test.", "TXT", new Ask.Form(edns, false, true, "IN", 0));
        var told = Asker.ask(port(block), ask);
        assertThat(told.isCut() ? "cut" : Integer.toString(told.answer().size()))
                .as(because)
                .isEqualTo(records);
        assertThat(Asker.askOverTcp(port(block), ask).answer()).hasSize(30);
    }

    @Test
    void aCertificateForSomebodyElseIsNamedInTheLog() {
        Asker.ask(port("dot-stranger"), Ask.roomy("stranger.test.", "A"));
        Await.until(
                "the log says why",
                SOON,
                () -> waymark.program()
                        .log()
                        .contains("stranger.test. A: upstream 127.0.0.1:" + unboundPorts.tls()
                                + "/tls: no TLS: No subject alternative DNS name matching other.test found"),
                waymark.program()::logEnd);
    }

    @Test
    void anUpstreamThatDiesIsReplacedByTheOtherUntilItReturns() {
        assertThat(who()).isEqualTo("NOERROR unbound");
        unbound.close();
        assertThat(who()).isEqualTo("NOERROR knot");
        unbound = RealServer.unbound(folder.path(), unboundPorts, identity);
        Await.until("the first one is asked again", SOON, () -> who().equals("NOERROR unbound"));
    }

    private String who() {
        return text(Asker.ask(port("both"), Ask.roomy("who.test.", "TXT")));
    }

    private int port(String block) {
        return Integer.parseInt(ports.get(variable(block)));
    }

    /// The response code and the data of the answers.
    private static String text(Told told) {
        var data = told.answer().stream()
                .map(line -> line.substring(line.indexOf(' ', line.indexOf(" in ") + 4) + 1))
                .collect(joining(" "));
        return data.isEmpty() ? told.rcode() : told.rcode() + " " + data;
    }
}
