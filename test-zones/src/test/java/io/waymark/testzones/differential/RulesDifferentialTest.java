package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Ask.Form;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `rewrite`, `template` and `view` of one Corefile (`rules/Corefile`): real CoreDNS and `./waymark dns` get the
/// same questions (`rules/questions`), with and without EDNS and over TCP, and their whole answers are equal.
class RulesDifferentialTest {
    private static final List<Form> FORMS = List.of(Form.PLAIN, Form.ROOMY, Form.DNSSEC_OK);

    @Test
    void rulesTemplatesAndViewsAnswerAsCoreDnsDoes() throws IOException {
        Peers.require("coredns");
        var theirs = environment();
        var ours = environment();
        try (var folder = new ScratchFolder("rules");
                var coredns = DnsProcess.coreDns(folder.path(), resource("Corefile"), theirs);
                var waymark = DnsProcess.waymark(folder.path(), resource("Corefile"), ours, List.of())) {
            coredns.awaitReady();
            waymark.awaitReady();
            var asks = asks();
            int port = Integer.parseInt(theirs.get("DNS"));
            int ourPort = Integer.parseInt(ours.get("DNS"));
            compare(asks, Asker.askAll(port, asks), Asker.askAll(ourPort, asks));
            compare(
                    asks,
                    asks.stream().map(ask -> Asker.askOverTcp(port, ask)).toList(),
                    asks.stream().map(ask -> Asker.askOverTcp(ourPort, ask)).toList());
        }
    }

    private static void compare(List<Ask> asks, List<Told> theirs, List<Told> ours) {
        var differing = new ArrayList<String>();
        for (int i = 0; i < asks.size(); i++) {
            if (!theirs.get(i).equals(ours.get(i))) {
                differing.add(asks.get(i) + "\n  CoreDNS " + theirs.get(i) + "\n  Waymark " + ours.get(i));
            }
        }
        assertThat(theirs).as("CoreDNS answers").doesNotContain(Told.SILENT);
        assertThat(differing).isEmpty();
    }

    /// An extended error makes CoreDNS send EDNS and DO of its own accord (docs/differences.md), so names that
    /// begin with `block` are asked with both.
    private static List<Ask> asks() throws IOException {
        var asks = new ArrayList<Ask>();
        for (var line : resource("questions").lines().toList()) {
            var words = line.split(" ", -1);
            for (var form : line.startsWith("block") ? List.of(Form.DNSSEC_OK) : FORMS) {
                asks.add(new Ask(words[0] + ".", words[1], form));
            }
        }
        return asks;
    }

    private static Map<String, String> environment() {
        return Map.of("READY", Integer.toString(Program.freePort()), "DNS", Integer.toString(Program.freePort()));
    }

    private static String resource(String name) throws IOException {
        try (var in = RulesDifferentialTest.class.getResourceAsStream("/rules/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
