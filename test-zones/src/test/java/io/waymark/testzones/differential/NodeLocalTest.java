package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.NetworkNamespace;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The Corefile of NodeLocal DNSCache as it is installed, on its own addresses and ports: the link-local one and
/// the ClusterIP of the cluster's DNS, 53, 8080 and 9253. Only `/etc/resolv.conf` is another file.
class NodeLocalTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> ADDRESSES = List.of("169.254.20.10", "10.96.0.10");
    /// The cluster's DNS, over TCP as `force_tcp` has it, and the world's.
    private static final String UPSTREAMS = """
            cluster.local in-addr.arpa ip6.arpa {
                bind 10.96.0.11
                hosts {
                    10.96.0.1 kubernetes.default.svc.cluster.local
                    fd00:10:96::1 kubernetes.default.svc.cluster.local
                    ttl 30
                }
            }
            . {
                bind 192.0.2.53
                hosts {
                    192.0.2.80 www.test
                    ttl 30
                    fallthrough
                }
                template ANY ANY gone.test {
                    rcode NXDOMAIN
                    authority "test. 30 IN SOA ns.test. hostmaster.test. 1 7200 1800 86400 30"
                }
            }
            """;
    private static final List<String> QUESTIONS = List.of(
            "kubernetes.default.svc.cluster.local A",
            "kubernetes.default.svc.cluster.local AAAA",
            "kubernetes.default.svc.cluster.local TXT",
            "KUBERNETES.default.SVC.cluster.local A",
            "nowhere.default.svc.cluster.local A",
            "cluster.local SOA",
            "-x 10.96.0.1",
            "-x fd00:10:96::1",
            "-x 10.96.0.77",
            "www.test A",
            "www.test AAAA",
            "gone.test A",
            "+nocookie +bufsize=512 www.test A",
            "+noedns www.test A",
            "+dnssec www.test A");

    @Test
    void itsCorefileRunsAsItIsAndAnswersAsCoreDnsDoes() throws IOException {
        var coredns = Peers.require("coredns").toString();
        var waymark = Peers.root().resolve("waymark").toString();
        try (var folder = new ScratchFolder("node-local");
                var namespace = NetworkNamespace.with("169.254.20.10", "10.96.0.10", "10.96.0.11", "192.0.2.53")) {
            var upstreams = Files.writeString(folder.path().resolve("upstreams"), UPSTREAMS);
            var corefile = corefileIn(folder.path());
            try (var behind = start(namespace, upstreams, coredns, "-conf", upstreams.toString())) {
                var theirs = said(namespace, corefile, coredns, "-conf", corefile.toString());
                var ours = said(namespace, corefile, waymark, "dns", "-conf", corefile.toString());
                assertThat(theirs).as(behind::logEnd).noneMatch(line -> line.contains("SILENT"));
                var different = new ArrayList<String>();
                for (int i = 0; i < theirs.size(); i++) {
                    if (!theirs.get(i).equals(ours.get(i))) {
                        different.add("CoreDNS " + theirs.get(i) + "Waymark " + ours.get(i));
                    }
                }
                assertThat(different).isEmpty();
            }
        }
    }

    private static Path corefileIn(Path folder) throws IOException {
        var resolvers = Files.writeString(folder.resolve("resolv.conf"), "nameserver 192.0.2.53\n");
        var text = Files.readString(Peers.root().resolve("test-zones/src/test/resources/wild/node-local-dns.Corefile"));
        return Files.writeString(folder.resolve("Corefile"), text.replace("/etc/resolv.conf", resolvers.toString()));
    }

    private static Program start(NetworkNamespace namespace, Path corefile, String... command) {
        var log = corefile.resolveSibling(
                corefile.getFileName() + "." + Path.of(command[0]).getFileName() + ".log");
        return Program.start(command[0], log, Map.of(), namespace.command(List.of(command)));
    }

    /// What a server says to each question at each address over each transport, a text each.
    private static List<String> said(NetworkNamespace namespace, Path corefile, String... command) {
        try (var server = start(namespace, corefile, command)) {
            Await.until(
                    "port 53 and the health of " + command[0] + " answer",
                    SOON,
                    () -> server.isRunning()
                            && ask(namespace, "169.254.20.10", "", QUESTIONS.getFirst())
                                    .contains("NOERROR")
                            && fetch(namespace, "http://169.254.20.10:8080/health")
                                    .equals("OK"),
                    server::logEnd);
            var all = new ArrayList<String>();
            for (var address : ADDRESSES) {
                for (var transport : List.of("+notcp", "+tcp")) {
                    QUESTIONS.forEach(question -> all.add(ask(namespace, address, transport, question)));
                }
            }
            assertThat(fetch(namespace, "http://127.0.0.1:9253/metrics"))
                    .contains("coredns_dns_requests_total{", "coredns_cache_entries{");
            // It would go on for its lameduck.
            server.signal("KILL");
            return all;
        }
    }

    private static String ask(NetworkNamespace namespace, String address, String transport, String question) {
        var command = new ArrayList<>(List.of(Peers.require("dig").toString(), "@" + address, "+tries=1", "+time=3"));
        command.addAll(List.of("+noall", "+comments", "+question", "+answer", "+authority", "+additional"));
        command.addAll(List.of((transport + " " + question).strip().split(" ")));
        var text = Program.output(SOON, namespace.command(command));
        if (!text.contains("status: ")) {
            return question + ": SILENT";
        }
        // Neither the message's ID, nor a client's cookie, nor a TTL that runs down.
        return address + " " + transport + " " + question + "\n"
                + text.lines()
                        .filter(line -> !line.contains("COOKIE"))
                        .map(line -> line.replaceFirst(", id: \\d+", "").replaceAll("\\s+\\d+\\s+IN\\s+", " IN "))
                        .reduce("", (above, line) -> above + line + "\n");
    }

    private static String fetch(NetworkNamespace namespace, String url) {
        return Program.output(
                SOON, namespace.command(List.of(Peers.require("curl").toString(), "-s", "--max-time", "3", url)));
    }
}
