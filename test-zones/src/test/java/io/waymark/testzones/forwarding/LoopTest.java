package io.waymark.testzones.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A server whose upstream is itself, as on a node whose resolv.conf names 127.0.0.53.
class LoopTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                ready 127.0.0.1:{$READY}
                errors
                cache
                loop
                forward . 127.0.0.1:{$UPSTREAM} 127.0.0.1:{$DNS} {
                    policy sequential
                }
            }
            """;

    @Test
    void coreDnsExitsAndWaymarkSaysSoAndGoesOn() {
        Peers.require("coredns");
        var corefile = COREFILE.replace("127.0.0.1:{$UPSTREAM} ", "");
        try (var folder = new ScratchFolder("loop");
                var coredns = DnsProcess.coreDns(folder.path(), corefile, environment(0));
                var other = new ScratchFolder("loop")) {
            assertThat(coredns.program().exitCode(SOON)).isNotZero();
            var ours = environment(0);
            try (var waymark = DnsProcess.waymark(other.path(), corefile, ours, List.of())) {
                waymark.awaitReady();
                int port = Integer.parseInt(ours.get("DNS"));
                Await.until(
                        "the log names the loop",
                        SOON,
                        () -> waymark.program()
                                .log()
                                .contains("loop: questions that are forwarded to 127.0.0.1:" + port
                                        + " come back to this server"),
                        waymark.program()::logEnd);
                assertThat(Asker.ask(port, Ask.roomy("www.test.", "A")).rcode()).isEqualTo("SERVFAIL");
                assertThat(waymark.program().log())
                        .contains("Write the address of a DNS server that does not forward here");
                Await.until(
                        "the log says why the client got no answer",
                        SOON,
                        () -> waymark.program()
                                .log()
                                .contains("plugin/errors: 2 www.test. A: questions that are forwarded to 127.0.0.1:"
                                        + port + " come back to this server"),
                        waymark.program()::logEnd);
                assertThat(waymark.isReady()).isTrue();
            }
        }
    }

    @Test
    @SuppressWarnings("try") // the server is there, and that is all
    void anotherUpstreamIsStillAsked() {
        int upstream = Program.freePort();
        try (var unused = new ScriptedServer(1, upstream);
                var folder = new ScratchFolder("loop")) {
            var environment = environment(upstream);
            try (var waymark = DnsProcess.waymark(folder.path(), COREFILE, environment, List.of())) {
                waymark.awaitReady();
                int port = Integer.parseInt(environment.get("DNS"));
                Await.until(
                        "the log names the loop",
                        SOON,
                        () -> waymark.program().log().contains("loop: questions that are forwarded to"),
                        waymark.program()::logEnd);
                assertThat(Asker.ask(port, Ask.roomy("ok.test.", "TXT")).answer())
                        .containsExactly("ok.test. 60 in txt \"1 udp\"");
            }
        }
    }

    private static Map<String, String> environment(int upstream) {
        return Map.of(
                "DNS", Integer.toString(Program.freePort()),
                "READY", Integer.toString(Program.freePort()),
                "UPSTREAM", Integer.toString(upstream));
    }
}
