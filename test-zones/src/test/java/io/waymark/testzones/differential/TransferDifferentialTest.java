package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Dig;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The same zone handed over by real CoreDNS and by `./waymark dns`, as real `dig` reads it.
class TransferDifferentialTest {
    private static final long SEED = Long.getLong("waymark.seed", 20261123);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                transfer {
                    to *
                }
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig {$KUBECONFIG}
                    namespaces shop bank empty
                    ttl 30
                }
            }
            .:{$OTHERS} {
                bind 127.0.0.1
                transfer {
                    to 192.0.2.1
                }
                kubernetes cluster.local {
                    kubeconfig {$KUBECONFIG}
                }
            }
            """;

    @Test
    void theZoneOfTheClusterHasTheRecordsThatCoreDnsHandsOver() {
        Peers.require("coredns");
        try (var plane = ControlPlane.start()) {
            GeneratedCluster.create(plane.api(), SEED);
            var theirs = environment(plane);
            var ours = environment(plane);
            try (var coredns = DnsProcess.coreDns(plane.folder(), COREFILE, theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), COREFILE, ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                var expected = records(theirs.get("DNS"), "cluster.local");
                var handedOver = records(ours.get("DNS"), "cluster.local");
                assertThat(expected).hasSizeGreaterThan(300);
                // Row apex-ns of docs/differences.md: a zone has name servers.
                expected.add("cluster.local. 30 IN NS ns.dns.cluster.local.");
                // Row port-without-number: there is nothing to connect to.
                expected.removeIf(
                        record -> record.startsWith("_a._tcp.port-without-number.") && record.contains(" 65535 "));
                assertThat(handedOver).as("seed " + SEED).isEqualTo(expected);

                for (var server : List.of(theirs, ours)) {
                    assertThat(refusals(server)).containsOnly("REFUSED");
                    assertThat(increments(server))
                            .as("records to whoever has the serial, and to whoever has not")
                            .satisfiesExactly(
                                    same -> assertThat(same).isEqualTo(1),
                                    other -> assertThat(other).isGreaterThan(300));
                }

                // As docs/differences.md says, CoreDNS hands over the names of the Services again.
                assertThat(records(ours.get("DNS"), "in-addr.arpa"))
                        .anyMatch(record -> record.matches("\\S+\\.in-addr\\.arpa\\. 30 IN PTR \\S+"))
                        .noneMatch(record -> record.contains(" A "));
                assertThat(records(theirs.get("DNS"), "in-addr.arpa")).noneMatch(record -> record.contains(" PTR "));
            }
        }
    }

    /// What is said to a transfer over UDP, and to who is not named.
    private static List<String> refusals(Map<String, String> environment) {
        var transfer = Ask.roomy("cluster.local.", "AXFR");
        int named = Integer.parseInt(environment.get("DNS"));
        return List.of(
                Asker.ask(named, transfer).rcode(),
                Dig.at(named).ask("+notcp", "cluster.local", "IXFR=1").status(),
                Asker.askOverTcp(Integer.parseInt(environment.get("OTHERS")), transfer)
                        .rcode());
    }

    /// How many records an IXFR has for who has the zone as it is, and for who has an older one.
    private static List<Long> increments(Map<String, String> environment) {
        var port = environment.get("DNS");
        var soa = Dig.at(Integer.parseInt(port))
                .ask("cluster.local", "SOA")
                .records()
                .getFirst()
                .split(" ");
        return List.of(
                lines(port, "cluster.local", "IXFR=" + soa[6]).count(),
                lines(port, "cluster.local", "IXFR=1").count());
    }

    private static Map<String, String> environment(ControlPlane plane) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("READY", Integer.toString(Program.freePort()));
        environment.put("DNS", Integer.toString(Program.freePort()));
        environment.put("OTHERS", Integer.toString(Program.freePort()));
        return environment;
    }

    /// Each record once, without the SOA.
    private static TreeSet<String> records(String port, String zone) {
        var records = new TreeSet<String>();
        lines(port, zone, "AXFR").filter(line -> !line.contains(" SOA ")).forEach(records::add);
        return records;
    }

    private static Stream<String> lines(String port, String zone, String type) {
        var text = Program.output(
                LIMIT,
                List.of(Peers.require("dig").toString(), "@127.0.0.1", "-p", port, "+noall", "+answer", zone, type));
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .map(line -> line.replaceAll("\\s+", " "));
    }
}
