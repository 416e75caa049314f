package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

                // As docs/differences.md says, CoreDNS hands over the names of the Services again.
                assertThat(records(ours.get("DNS"), "in-addr.arpa"))
                        .anyMatch(record -> record.matches("\\S+\\.in-addr\\.arpa\\. 30 IN PTR \\S+"))
                        .noneMatch(record -> record.contains(" A "));
                assertThat(records(theirs.get("DNS"), "in-addr.arpa")).noneMatch(record -> record.contains(" PTR "));
            }
        }
    }

    private static Map<String, String> environment(ControlPlane plane) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("READY", Integer.toString(Program.freePort()));
        environment.put("DNS", Integer.toString(Program.freePort()));
        return environment;
    }

    /// Each record once, without the SOA.
    private static TreeSet<String> records(String port, String zone) {
        var text = Program.output(
                LIMIT,
                List.of(Peers.require("dig").toString(), "@127.0.0.1", "-p", port, "+noall", "+answer", zone, "AXFR"));
        var records = new TreeSet<String>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .map(line -> line.replaceAll("\\s+", " "))
                .filter(line -> !line.contains(" SOA "))
                .forEach(records::add);
        return records;
    }
}
