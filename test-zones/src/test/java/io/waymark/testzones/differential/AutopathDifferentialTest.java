package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `autopath` on a real API server: the address that the questions come from is that of a Pod in the Namespace
/// `shop`, and real CoreDNS and `./waymark dns` walk its search list alike.
class AutopathDifferentialTest {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: bank}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: client, namespace: shop}
            spec:
              containers: [{name: main, image: none}]
            status:
              phase: Running
              podIP: 127.0.0.1
              podIPs: [{ip: 127.0.0.1}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec:
              ports: [{name: http, port: 80}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: safe, namespace: bank}
            spec:
              ports: [{name: http, port: 80}]
            """;
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                autopath @kubernetes
                template IN A test {
                    match ^www[.]example[.]test[.]$
                    answer "{{ .Name }} 5 IN A 192.0.2.80"
                    fallthrough
                }
                template IN ANY test {
                    rcode NXDOMAIN
                }
                kubernetes cluster.local {
                    kubeconfig {$KUBECONFIG}
                    pods verified
                }
            }
            """;
    private static final List<String> NAMES = List.of(
            "cart.shop.svc.cluster.local.",
            "safe.bank.shop.svc.cluster.local.",
            "safe.bank.svc.shop.svc.cluster.local.",
            "Safe.Bank.shop.svc.cluster.local.",
            "cart.shop.shop.svc.cluster.local.",
            "www.example.test.shop.svc.cluster.local.",
            "gone.test.shop.svc.cluster.local.",
            "safe.bank.bank.svc.cluster.local.",
            "www.example.test.svc.cluster.local.",
            "www.example.test.cluster.local.",
            "www.example.test.");
    /// CoreDNS fails where the last name of the walk is nobody's, and where nothing stands before the list.
    private static final List<String> FAILING = List.of("gone.shop.svc.cluster.local.", "shop.svc.cluster.local.");

    @Test
    void theSearchListOfAPodIsWalkedAsCoreDnsWalksIt() {
        Peers.require("coredns");
        try (var plane = ControlPlane.start()) {
            plane.api().apply(CLUSTER);
            var theirs = environment(plane);
            var ours = environment(plane);
            try (var coredns = DnsProcess.coreDns(plane.folder(), COREFILE, theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), COREFILE, ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                var asks = asks(NAMES);
                compare(asks, told(theirs, asks), told(ours, asks));
                assertThat(told(theirs, asks(FAILING))).extracting(Told::rcode).containsOnly("SERVFAIL");
                assertThat(told(ours, asks(FAILING)))
                        .extracting(Told::rcode)
                        .containsExactly("NXDOMAIN", "NXDOMAIN", "NXDOMAIN", "NOERROR", "NOERROR", "NOERROR");
            }
        }
    }

    private static void compare(List<Ask> asks, List<Told> theirs, List<Told> ours) {
        var differing = new ArrayList<String>();
        for (int i = 0; i < asks.size(); i++) {
            if (!theirs.get(i).equals(ours.get(i))) {
                differing.add(asks.get(i) + "\n  CoreDNS " + theirs.get(i) + "\n  Waymark " + ours.get(i));
            }
        }
        assertThat(String.join("\n", differing)).isEmpty();
        assertThat(theirs.stream().filter(AutopathDifferentialTest::isWalked).count())
                .isGreaterThan(5);
    }

    private static boolean isWalked(Told told) {
        return told.answer().stream()
                .anyMatch(line -> line.contains(".shop.svc.cluster.local. 0 in cname ")
                        || line.contains(".shop.svc.cluster.local. 5 in cname "));
    }

    private static List<Ask> asks(List<String> names) {
        return names.stream()
                .flatMap(name -> List.of("A", "AAAA", "SRV").stream().map(type -> Ask.roomy(name, type)))
                .toList();
    }

    /// Row soa-serial of docs/differences.md.
    private static List<Told> told(Map<String, String> environment, List<Ask> asks) {
        return Asker.askAll(Integer.parseInt(environment.get("DNS")), asks).stream()
                .map(told -> told.with(
                        told.rcode(),
                        told.answer(),
                        told.authority().stream()
                                .map(line -> line.replaceFirst(" in soa (\\S+) (\\S+) \\d+ ", " in soa $1 $2 _ "))
                                .toList(),
                        told.additional()))
                .toList();
    }

    private static Map<String, String> environment(ControlPlane plane) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("READY", Integer.toString(Program.freePort()));
        environment.put("DNS", Integer.toString(Program.freePort()));
        return environment;
    }
}
